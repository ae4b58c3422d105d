using System.Collections.Concurrent;

namespace OmniIoT.Gateway.Security;

/// <summary>Closes an address for a while after too many refused sign-ins; a closed address costs no hashing.</summary>
internal sealed class BadSignIns(int allowed, TimeSpan pause, TimeProvider time)
{
    /// <summary>Addresses remembered; beyond that, those whose pause is over are forgotten first, then all.</summary>
    private const int MaximumAddresses = 100_000;

    private readonly ConcurrentDictionary<string, Attempts> _addresses = [];

    public bool IsClosed(string address) =>
        _addresses.TryGetValue(address, out Attempts attempts)
        && attempts.Count >= allowed
        && time.GetElapsedTime(attempts.LastAt) < pause;

    public void Add(string address)
    {
        if (_addresses.Count >= MaximumAddresses)
            Forget();
        long now = time.GetTimestamp();
        _addresses.AddOrUpdate(
            address,
            new Attempts(1, now),
            (_, before) => new Attempts(Continue(before), now)
        );
    }

    private int Continue(Attempts before) =>
        time.GetElapsedTime(before.LastAt) < pause ? before.Count + 1 : 1;

    private void Forget()
    {
        foreach ((string address, Attempts attempts) in _addresses)
            if (time.GetElapsedTime(attempts.LastAt) >= pause)
                _addresses.TryRemove(address, out _);
        if (_addresses.Count >= MaximumAddresses)
            _addresses.Clear();
    }

    private readonly record struct Attempts(int Count, long LastAt);
}
