using Orleans;

namespace OmniIoT.Grains.Abstractions;

/// <summary>
/// Counts attempts of one kind by some of those who make them; its key is the kind and which share. See <see
/// cref="Ports.Security.IAttempts"/>.
/// </summary>
public interface IAttemptsGrain : IGrainWithStringKey
{
    /// <returns>How long the key has to wait; null when the attempt has its place.</returns>
    Task<TimeSpan?> BeginAsync(string key, int maximum, TimeSpan window);

    Task SettleAsync(string key, bool counts);
}
