using System.Net;

namespace OmniIoT.Channels.WebChat;

/// <summary>Keeps one address from filling the house with visitors: so many in a minute, over all that is forgotten each minute.</summary>
public sealed class VisitorThrottle(TimeProvider time)
{
    /// <summary>A school class behind one address may come at once.</summary>
    private const int VisitorsPerMinute = 60;

    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock _lock = new();
    private readonly Dictionary<IPAddress, int> _visitors = [];
    private DateTimeOffset _since = time.GetUtcNow();

    public bool Admit(IPAddress? address)
    {
        lock (_lock)
        {
            if (time.GetUtcNow() - _since >= Window)
            {
                _visitors.Clear();
                _since = time.GetUtcNow();
            }
            IPAddress key = address ?? IPAddress.None;
            int count = _visitors.GetValueOrDefault(key);
            if (count >= VisitorsPerMinute)
                return false;
            _visitors[key] = count + 1;
            return true;
        }
    }
}
