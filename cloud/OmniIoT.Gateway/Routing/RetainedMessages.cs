using System.Text;
using OmniIoT.Mqtt.Topics;
using OmniIoT.Ports.Sessions;

namespace OmniIoT.Gateway.Routing;

/// <summary>The retained messages of one scope, by topic. Thread-safe.</summary>
internal sealed class RetainedMessages
{
    private readonly Lock _lock = new();
    private readonly Dictionary<byte[], RetainedMessage> _messages = new(Utf8KeyComparer.Instance);

    public int Count
    {
        get
        {
            lock (_lock)
                return _messages.Count;
        }
    }

    public bool Contains(ReadOnlySpan<byte> topic)
    {
        lock (_lock)
            return _messages.GetAlternateLookup<ReadOnlySpan<byte>>().ContainsKey(topic);
    }

    /// <summary>An empty payload removes: MQTT5 [MQTT-3.3.1-6], MQTT311 [MQTT-3.3.1-10].</summary>
    /// <returns>What was there before; null for none.</returns>
    public RetainedMessage? Set(RetainedMessage message)
    {
        byte[] topic = Encoding.UTF8.GetBytes(message.Topic);
        lock (_lock)
        {
            RetainedMessage? before = _messages.GetValueOrDefault(topic);
            if (message.Payload.Length == 0)
                _messages.Remove(topic);
            else
                _messages[topic] = message;
            return before;
        }
    }

    /// <summary>Sets a message from storage, unless a newer one of its topic is there.</summary>
    public void SetIfAbsent(RetainedMessage message)
    {
        lock (_lock)
            _messages.TryAdd(Encoding.UTF8.GetBytes(message.Topic), message);
    }

    /// <summary>A message that was set did not become durable: what was there before is back, unless it was set anew since.</summary>
    public void Undo(RetainedMessage message, RetainedMessage? before)
    {
        byte[] topic = Encoding.UTF8.GetBytes(message.Topic);
        lock (_lock)
        {
            RetainedMessage? now = _messages.GetValueOrDefault(topic);
            if (!ReferenceEquals(now, message.Payload.Length == 0 ? null : message))
                return;
            if (before is null)
                _messages.Remove(topic);
            else
                _messages[topic] = before;
        }
    }

    /// <summary>Those that match and have not expired, in order of topic.</summary>
    public List<RetainedMessage> Match(TopicFilter filter, Instant now)
    {
        List<RetainedMessage> found = [];
        lock (_lock)
        {
            if (!filter.HasWildcard)
            {
                if (_messages.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(filter.MatchedUtf8, out RetainedMessage? message))
                    found.Add(message);
            }
            else
            {
                foreach ((byte[] topic, RetainedMessage message) in _messages)
                    if (filter.Matches(topic))
                        found.Add(message);
            }
        }
        found.RemoveAll(message => message.ExpiresAt <= now);
        found.Sort(static (left, right) => string.CompareOrdinal(left.Topic, right.Topic));
        return found;
    }

    /// <summary>Takes out what has expired.</summary>
    public List<RetainedMessage> Expire(Instant now)
    {
        lock (_lock)
        {
            List<RetainedMessage> expired = [.. _messages.Values.Where(message => message.ExpiresAt <= now)];
            foreach (RetainedMessage message in expired)
                _messages.Remove(Encoding.UTF8.GetBytes(message.Topic));
            return expired;
        }
    }
}
