-- leave: gives a place or a running slot back.
--   ARGV 4 account  5 arrival of its place  6 its number, '' while nobody knows it
-- Result 'left', 'drawing' (the roster must not change under the draw), 'renumbered' (the draw was held meanwhile) or 'none'.
if is_behind() then return behind() end
freeze_lobby()
expire_slots()
local account, arrival, number = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6])
local p = read_place(account)
if not p or p.arrival ~= arrival then return finish(false, 'none') end
if p.left then return finish(p.seq > s.logged, 'left') end
if s.lobby and arrival <= s.lobby and not s.drawn then return finish(false, 'drawing') end
if not number and s.lobby then return finish(false, 'renumbered') end

p.left = true
step.left = arrival
is_step = true
if p.slot and not p.released then
  end_slot(account, p, at, 'left')
  return finish(true, 'left')
end
write_place(account, p)
if p.slot or not number then return finish(true, 'left') end
if number > s.serving then
  call('ZADD', HOLES, number, number)
  step.hole = number
else
  local c = call_of(number)
  if c then claim(c) end
  call('ZREM', LATE_CLAIMERS, number)
  call('ZREM', ASKED, number)
end
return finish(true, 'left')
