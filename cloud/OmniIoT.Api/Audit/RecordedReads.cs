using OmniIoT.Devices.Time;
using OmniIoT.Domain.Audit;
using OmniIoT.Ports;
using OmniIoT.Ports.Audit;

namespace OmniIoT.Api.Audit;

/// <summary>
/// Puts on record who reads what of a person: once for each actor, address, subject and minute, because a page that shows a person asks
/// for ten things at once, and again whenever something changes.
/// </summary>
internal sealed class RecordedReads(Records records, TimeProvider time)
{
    private static readonly TimeSpan Once = TimeSpan.FromMinutes(1);

    /// <summary>About 3 MB; beyond it the memory starts anew, and some reads are on record twice.</summary>
    private const int MaximumKept = 10_000;

    private readonly Lock _lock = new();
    private readonly Dictionary<(Origin Origin, string Action, string Subject), Instant> _told = [];

    public async ValueTask AddAsync(Origin origin, string action, string subject)
    {
        if (IsNew((origin, action, subject)) && !await records.TryWriteAsync(origin, action, subject))
            Forget((origin, action, subject));
    }

    private bool IsNew((Origin, string, string) read)
    {
        Instant now = time.Now();
        lock (_lock)
        {
            if (_told.TryGetValue(read, out Instant told) && now - told < Once && now >= told)
                return false;
            if (_told.Count >= MaximumKept)
                _told.Clear();
            _told[read] = now;
            return true;
        }
    }

    private void Forget((Origin, string, string) read)
    {
        lock (_lock)
            _told.Remove(read);
    }
}
