-- load: a part of a line that is being loaded from the log. Stands alone, without the prelude; its keys are not live yet
-- and go by themselves when the load is broken off.
--   KEYS as told in prelude.lua
--   ARGV 1 'places': ARGV 2 lines "account rest-of-the-place", account '-' where only the arrival is known to be given
--          'holes' or 'grants' or 'calls' or 'earlier_slots': ARGV 2 lines "member score" or "field value"
-- Returns the number of lines.
local call = redis.call
local KEEP_SECONDS = 900
local kind, text = ARGV[1], ARGV[2]
local count = 0

local function keep(key) call('EXPIRE', key, KEEP_SECONDS) end

local function load_places()
  local batch = {}
  for account, rest in string.gmatch(text, '(%S+) ([^\n]+)') do
    count = count + 1
    call('SETBIT', KEYS[11], string.match(rest, '^%d+'), 1)
    if account ~= '-' then
      batch[#batch + 1] = account
      batch[#batch + 1] = rest
      local ends = string.match(rest, '^%d+ 0 %d %S+ %d+ (%d+) 0$')
      if ends then call('ZADD', KEYS[4], ends, account) end
      if #batch == 1000 then
        call('HSET', KEYS[2], unpack(batch))
        batch = {}
      end
    end
  end
  if #batch > 0 then call('HSET', KEYS[2], unpack(batch)) end
  keep(KEYS[2]) keep(KEYS[4]) keep(KEYS[11])
end

local function load_pairs(put)
  for field, value in string.gmatch(text, '(%S+) ([^\n]+)') do
    count = count + 1
    put(field, value)
  end
end

if kind == 'places' then load_places()
elseif kind == 'earlier_slots' then
  load_pairs(function(account, slots) call('HSET', KEYS[3], account, slots) end)
  keep(KEYS[3])
elseif kind == 'grants' then
  load_pairs(function(slot, ms) call('ZADD', KEYS[5], ms, slot) end)
  keep(KEYS[5])
elseif kind == 'calls' then
  load_pairs(function(to, rest)
    call('ZADD', KEYS[6], to, to)
    call('HSET', KEYS[7], to, rest)
  end)
  keep(KEYS[6]) keep(KEYS[7])
elseif kind == 'holes' then
  load_pairs(function(number) call('ZADD', KEYS[8], number, number) end)
  keep(KEYS[8])
end
return count
