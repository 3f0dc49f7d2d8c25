-- Counts one request of one caller in a sliding window, unless the caller's limit is reached. The clock is the store's.
--
-- KEYS[1]  hash: number of a time slot -> requests counted in it. Goes by itself when its window is over.
-- ARGV[1]  limit: most requests in the window
-- ARGV[2]  length of a slot, milliseconds
-- ARGV[3]  slots in the window, the present one among them
--
-- Returns { counted, left, freeMs }
--   counted  1: counted, may go on; 0: refused, and nothing was written
--   left     requests left
--   freeMs   milliseconds until the oldest counted slot leaves the window; 0 when nothing is counted

local limit, slotMs, slots = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local slot = math.floor(now / slotMs)

local used, oldest, gone = 0, nil, {}
local rows = redis.call('HGETALL', KEYS[1])
for index = 1, #rows, 2 do
  local at = tonumber(rows[index])
  -- A slot to come: the clock went back with a failover. Kept, it would refuse the caller until the clock has caught up.
  if at <= slot - slots or at > slot then
    gone[#gone + 1] = rows[index]
  else
    used = used + tonumber(rows[index + 1])
    if oldest == nil or at < oldest then oldest = at end
  end
end

local counted = 0
if used < limit then
  counted = 1
  used = used + 1
  oldest = oldest or slot
  if #gone > 0 then redis.call('HDEL', KEYS[1], unpack(gone)) end
  redis.call('HINCRBY', KEYS[1], string.format('%d', slot), 1)
  redis.call('PEXPIRE', KEYS[1], slots * slotMs)
end
-- Another setting may have let more through than this one allows.
return { counted, math.max(0, limit - used), oldest and (oldest + slots) * slotMs - now or 0 }
