-- publish: a loaded line goes live; the head is its last part. Stands alone, without the prelude.
--   KEYS as told in prelude.lua, then the keys of the incarnation before, which are thrown away
--   ARGV fields of the head and values
-- Returns 1.
for i = 2, 13 do redis.call('PERSIST', KEYS[i]) end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], unpack(ARGV))
for i = 14, #KEYS do redis.call('UNLINK', KEYS[i]) end
return 1
