-- release: a purchase is complete; the slot it was made in is free, the buyer's current one where it names none.
--   ARGV 4 account  5 slot or ''  6 id of the message that says so; it is taken once
-- Result 1.
if is_behind() then return behind() end
freeze_lobby()
expire_slots()
-- PostgreSQL remembers messages for good; this is for one that two replicas take at the same moment.
call('ZREMRANGEBYSCORE', MESSAGES, '-inf', at - 600000)
if call('ZSCORE', MESSAGES, ARGV[6]) then return finish(true, 1) end
call('ZADD', MESSAGES, at, ARGV[6])
step.message = ARGV[6]
is_step = true
local p = read_place(ARGV[4])
if p and p.slot and not p.released and (ARGV[5] == '' or ARGV[5] == p.slot) then end_slot(ARGV[4], p, at, 'confirmed') end
return finish(true, 1)
