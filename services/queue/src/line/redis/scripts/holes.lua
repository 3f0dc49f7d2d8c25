-- holes: numbers the draw gave to people who had left the lobby.
--   ARGV 4… numbers
-- Result 1.
for i = 4, #ARGV do
  if tonumber(ARGV[i]) > s.serving then call('ZADD', HOLES, ARGV[i], ARGV[i]) end
end
return finish(false, 1)
