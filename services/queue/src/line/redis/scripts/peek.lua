-- peek: which incarnation is live and what time it is. Stands alone, without the prelude.
--   KEYS 1 head
-- Returns {incarnation or 0, now in ms}.
local time = redis.call('TIME')
-- What is no hash is none of ours.
local is_ours = redis.call('TYPE', KEYS[1]).ok == 'hash'
return {is_ours and tonumber(redis.call('HGET', KEYS[1], 'inc') or '0') or 0, time[1] * 1000 + math.floor(time[2] / 1000)}
