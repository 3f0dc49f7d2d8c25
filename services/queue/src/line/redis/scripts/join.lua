-- join: one group of people joins one line.
--   ARGV 4 admissions per second checkout can bear, '' when never measured
--        5… per person: account, arrival that a verified receipt names or ''
-- Result {outcome, arrivals, slot ends, issued, serving, lobby}: outcome 'joined', or why nobody may join; an arrival of 0:
-- the line takes nobody new; a slot end of 0: none runs; a lobby of -1: not frozen.
if is_behind() then return behind() end
local now_phase = phase()
if now_phase == 'scheduled' or now_phase == 'ended' or now_phase == 'cancelled' then
  return finish(false, {now_phase})
end
freeze_lobby()
expire_slots()
now_phase = phase()

local places, fresh, receipts, seen = {}, {}, {}, {}
for i = 5, #ARGV, 2 do
  local account, receipt = ARGV[i], tonumber(ARGV[i + 1])
  if not seen[account] then
    seen[account] = true
    places[account] = read_place(account)
    local p = places[account]
    if not p or p.left or p.released then fresh[#fresh + 1] = account end
  end
  if receipt then receipts[account] = math.min(receipt, receipts[account] or receipt) end
end

-- A lost place comes back to who can prove it, only where the store knows nothing of the arrival. Higher ones than any
-- line has are left alone: the bitmap would grow to hold them.
local MOST_ARRIVALS = 100000000
local function restore(account, arrival)
  if places[account] or arrival < 1 or arrival > MOST_ARRIVALS or call('GETBIT', ARRIVALS, arrival) == 1 then return false end
  places[account] = {arrival = arrival}
  write_place(account, places[account])
  call('SETBIT', ARRIVALS, arrival, 1)
  if arrival > (s.lobby or 0) then call('ZREM', HOLES, arrival) end
  s.issued = math.max(s.issued, arrival)
  step.restored = step.restored or {}
  step.restored[#step.restored + 1] = {arrival, account}
  is_step = true
  return true
end
local others = {}
for _, account in ipairs(fresh) do
  if not (receipts[account] and restore(account, receipts[account])) then others[#others + 1] = account end
end

if s.draining ~= 1 and #others > 0 then
  local replaced = {}
  for i, account in ipairs(others) do
    local old = places[account]
    if old then
      replaced[#replaced + 1] = old.arrival
      if old.slot then call('HINCRBY', EARLIER_SLOTS, account, 1) end
    end
    places[account] = {arrival = s.issued + i}
    write_place(account, places[account])
    call('SETBIT', ARRIVALS, s.issued + i, 1)
  end
  if #replaced > 0 then step.replaced = table.concat(replaced, ',') end
  step.from = s.issued + 1
  step.joined = table.concat(others, ',')
  s.issued = s.issued + #others
  is_step = true
end

local arrivals, slot_ends = {}, {}
for i = 5, #ARGV, 2 do
  local p = places[ARGV[i]]
  local is_held = p and not p.left and not p.released
  arrivals[#arrivals + 1] = is_held and p.arrival or 0
  slot_ends[#slot_ends + 1] = is_held and p.slot and p.ends or 0
end

-- Below the threshold there is no visible line: whoever joins is called in the same step.
if now_phase == 'open' and s.issued - s.serving <= s.threshold then call_next(s.threshold, rate_cap(ARGV[4])) end
return finish(true, {'joined', arrivals, slot_ends, s.issued, s.serving, s.lobby or -1})
