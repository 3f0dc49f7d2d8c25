-- look: the line as it is; changes nothing that must be logged.
-- Result {phase, 1 when a tick would change something, version, issued, serving, active, lobby, drawn, reserved, late_claimers};
-- lobby -1: not frozen; drawn 0: not drawn.
local inside = active()
local now_phase = phase()
local next_end = tonumber(call('ZRANGE', RUNNING, 0, 0, 'WITHSCORES')[2])
local is_serving = now_phase == 'open' or now_phase == 'draining'
local needs_tick = (not s.lobby and at >= s.opens)
  or (is_serving and s.serving < s.issued and s.capacity - inside - s.reserved > 0)
  or (next_end and next_end <= at)
return finish(true, {
  now_phase, needs_tick and 1 or 0, s.version, s.issued, s.serving, inside, s.lobby or -1, s.drawn or 0,
  s.reserved, late_claimers_before(s.issued + 1),
})
