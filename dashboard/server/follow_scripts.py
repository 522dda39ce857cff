"""What happens to a session inside the shared store: the names of its keys, and scripts that run there as one step."""

PREFIX = "indblik:foelg:"
"""What names of sessions begin with in the store; nothing else does, as anyone can ask for any name."""
STEPS, STARTED, ALL = "indblik:foelg-trin:", "indblik:foelg-nye", "indblik:foelg-alle"
CHANNEL = "indblik:foelg-skift"

_WITHIN = """
local now = redis.call('TIME')
now = now[1] * 1000 + math.floor(now[2] / 1000)
local function within(key, milliseconds, most)
  local first = redis.call('LINDEX', key, -1)
  while first and now - first >= milliseconds do
    redis.call('RPOP', key)
    first = redis.call('LINDEX', key, -1)
  end
  if redis.call('LLEN', key) >= most then return false end
  redis.call('LPUSH', key, now)
  redis.call('PEXPIRE', key, milliseconds)
  return true
end
"""
"""The limit of `follow.MemoryStore`, in the store's own time."""
START = (
    _WITHIN
    + """
local session, started, all = KEYS[1], KEYS[2], KEYS[3]
local query, secret, number = ARGV[1], ARGV[2], ARGV[3]
local kept, per_minute, most = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
if not within(started, 60000, per_minute) then return 'minut' end
redis.call('ZREMRANGEBYSCORE', all, '-inf', now)
if redis.call('ZCARD', all) >= most then return 'alle' end
redis.call('HSET', session, 'query', query, 'secret', secret, 'number', number, 'version', 1)
redis.call('PEXPIRE', session, kept)
redis.call('ZADD', all, now + kept, session)
redis.call('PEXPIRE', all, kept)
return 'ok'
"""
)
"""A new session; KEYS: session, STARTED, ALL. Says `ok`, `minut` or `alle` (see `SharedStore.start`)."""
MOVE = (
    _WITHIN
    + """
local session, steps, all = KEYS[1], KEYS[2], KEYS[3]
local secret, number, channel, name = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local kept, per_second = tonumber(ARGV[5]), tonumber(ARGV[6])
if redis.call('HGET', session, 'secret') ~= secret then return 'ukendt' end
if not within(steps, 1000, per_second) then return 'hurtigt' end
redis.call('HSET', session, 'number', number)
redis.call('HINCRBY', session, 'version', 1)
redis.call('PEXPIRE', session, kept)
redis.call('ZADD', all, now + kept, session)
redis.call('PEXPIRE', all, kept)
redis.call('PUBLISH', channel, name)
return 'ok'
"""
)
"""Another screen; KEYS: session, its STEPS, ALL. Says `ok`, `ukendt` or `hurtigt`."""
