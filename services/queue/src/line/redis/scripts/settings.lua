-- settings: what catalog, an organiser, checkout and the draw decided, as PostgreSQL has it. An older version changes nothing.
--   ARGV 4 version  5 when the draw was held or ''  6 '1' when the draw's holes have been sent  7… fields of the head and values
-- Result 1, or 'holes': send the holes first, nothing was changed.
if tonumber(ARGV[4]) <= s.version then return finish(false, 1) end
if ARGV[5] ~= '' and not s.drawn then
  if ARGV[6] ~= '1' then return finish(false, 'holes') end
  call('HSET', HEAD, 'drawn', ARGV[5])
end
call('HSET', HEAD, 'version', ARGV[4], unpack(ARGV, 7))
return finish(false, 1)
