-- find: accounts' current places.
--   ARGV 4… accounts
-- Result: per account {} or {arrival, 1 when it left, end of its slot or 0, 1 when the slot runs}.
local depends = false
local found = {}
for i = 4, #ARGV do
  local p = read_place(ARGV[i])
  if p then
    depends = depends or p.seq > s.logged
    local is_running = p.slot and not p.released and p.ends > at
    found[#found + 1] = {p.arrival, p.left and 1 or 0, p.slot and p.ends or 0, is_running and 1 or 0}
  else
    found[#found + 1] = {}
  end
end
return finish(depends, found)
