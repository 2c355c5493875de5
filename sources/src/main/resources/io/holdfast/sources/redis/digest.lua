-- One page of a scan: its next cursor, and of each key without a time to live a digest of name, type and value.
-- Of what is large only the size counts, so that no page keeps the server busy for long.
local MOST = 10000
local MOST_BYTES = 1048576

local function framed(values)
  local out = {}
  for i, value in ipairs(values) do
    if type(value) == 'table' then
      value = framed(value)
    end
    out[i] = #value .. ':' .. value
  end
  return table.concat(out)
end

local function pairs_of(flat)
  local out = {}
  for i = 1, #flat, 2 do
    out[#out + 1] = framed({flat[i], flat[i + 1]})
  end
  return out
end

-- By their digests, since the order of texts depends on the server's locale.
local function sorted(values)
  local out = {}
  for i, value in ipairs(values) do
    out[i] = redis.sha1hex(value)
  end
  table.sort(out)
  return out
end

local kinds = {
  string = {'STRLEN', function(key) return {redis.call('GET', key)} end},
  list = {'LLEN', function(key) return redis.call('LRANGE', key, 0, -1) end},
  set = {'SCARD', function(key) return sorted(redis.call('SMEMBERS', key)) end},
  zset = {'ZCARD', function(key) return redis.call('ZRANGE', key, 0, -1, 'WITHSCORES') end},
  hash = {'HLEN', function(key) return sorted(pairs_of(redis.call('HGETALL', key))) end},
  stream = {'XLEN', function(key) return redis.call('XRANGE', key, '-', '+') end},
}

local page = redis.call('SCAN', ARGV[1], 'COUNT', '1000')
local digests = {}
for _, key in ipairs(page[2]) do
  if redis.call('PTTL', key) == -1 then
    local name = redis.call('TYPE', key).ok
    local kind = kinds[name]
    local values = {}
    if kind then
      local size = redis.call(kind[1], key)
      if size <= (name == 'string' and MOST_BYTES or MOST) then
        values = kind[2](key)
      else
        values = {tostring(size)}
      end
    end
    digests[#digests + 1] = redis.sha1hex(framed({key, name, framed(values)}))
  end
end
return {page[1], table.concat(digests, ' ')}
