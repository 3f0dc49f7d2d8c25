-- advance: one tick of one line; any replica may run it. Credit grows with the time since the last tick of whichever
-- replica, so replicas do not add up.
--   ARGV 4 admissions per second checkout can bear, '' when never measured
-- Result 1.
if is_behind() then return behind() end
freeze_lobby()
expire_slots()
local pace = math.min(s.rate, tonumber(ARGV[4]) or s.rate)
s.credit = math.min(s.credit + pace * math.max(0, at - s.paced) / 1000, math.max(1, pace / 4))
s.paced = math.max(s.paced, at)
local now_phase = phase()
if now_phase == 'open' or now_phase == 'draining' then call_next(math.floor(s.credit), rate_cap(ARGV[4])) end
return finish(true, 1)
