-- enter: people who think it is their turn, in order of number; no account may stand in it twice.
--   ARGV 4 admissions per second checkout can bear, '' when never measured
--        5… per person: account, arrival, number, id for the slot
-- Result: per person {outcome} or {'admitted', slot, granted, ends, admission, 1 when this call granted it}.
if is_behind() then return behind() end
freeze_lobby()
expire_slots()
local now_phase = phase()
local rate = rate_cap(ARGV[4])
call('ZREMRANGEBYSCORE', GRANTS, '-inf', '(' .. (at - 1000))
local room = rate
for _, grants in ipairs(call('ZRANGE', GRANTS, 0, -1)) do
  room = room - (tonumber(string.match(grants, ':(%d+)$')) or 1)
end
local inside = active()
-- To the whole second, as tokens count.
local ends = math.floor((at + s.slot * 1000) / 1000) * 1000
local depends = false

-- What is known of each person, read for all of them at once.
local accounts = {}
for i = 5, #ARGV, 4 do accounts[#accounts + 1] = ARGV[i] end
local texts, earlier_slots = {}, {}
if #accounts > 0 then
  texts = call('HMGET', PLACES, unpack(accounts))
  earlier_slots = call('HMGET', EARLIER_SLOTS, unpack(accounts))
end

-- What the grants write, written for all of them at once.
local placed, running = {}, {}
-- For the log: arrivals, numbers, accounts, ids.
local slots = {{}, {}, {}, {}}
local function append(list, first, second)
  list[#list + 1] = first
  list[#list + 1] = second
end

local function grant(account, p, number, slot, admission)
  p.slot, p.granted, p.ends, p.released = slot, at, ends, false
  append(placed, account, place_text(p))
  append(running, ends, account)
  inside = inside + 1
  room = room - 1
  local last = #slots[1] + 1
  slots[1][last], slots[2][last], slots[3][last], slots[4][last] = p.arrival, number, account, slot
  step.ends, step.capacity, step.rate = ends, s.capacity, rate
  is_step = true
  return {'admitted', slot, at, ends, admission, 1}
end

local function decide(index, arrival, number, slot)
  local account, p = accounts[index], place_of(texts[index])
  local admission = (tonumber(earlier_slots[index]) or 0) + 1
  if not p or p.arrival ~= arrival or p.left then return {'none'} end
  if p.slot then
    depends = depends or p.seq > s.logged
    if p.released then return {'used'} end
    -- Asked again because the answer got lost, it is still this call that granted the slot.
    return {'admitted', p.slot, p.granted, p.ends, admission, p.slot == slot and 1 or 0}
  end
  if now_phase ~= 'open' and now_phase ~= 'draining' then return {now_phase} end
  if number > s.serving then return {'not-yet'} end
  local c = call_of(number)
  local is_free = c or s.capacity - inside - s.reserved - late_claimers_before(number) > 0
  if room <= 0 or inside >= s.capacity or not is_free then
    if not c then
      call('ZADD', LATE_CLAIMERS, number, number)
      call('ZADD', ASKED, at, number)
    end
    return {'not-yet'}
  end
  if c then
    claim(c)
  else
    call('ZREM', LATE_CLAIMERS, number)
    call('ZREM', ASKED, number)
  end
  return grant(account, p, number, slot, admission)
end

local outcomes = {}
for index = 1, #accounts do
  local i = 1 + 4 * index
  outcomes[index] = decide(index, tonumber(ARGV[i + 1]), tonumber(ARGV[i + 2]), ARGV[i + 3])
end
if #placed > 0 then
  step.slots = {}
  for column = 1, 4 do step.slots[column] = table.concat(slots[column], ',') end
  call('HSET', PLACES, unpack(placed))
  call('ZADD', RUNNING, unpack(running))
  call('ZADD', GRANTS, at, ARGV[2] .. ':' .. #placed / 2)
end
return finish(depends, outcomes)
