using Orleans;

namespace OmniIoT.Grains.Abstractions;

/// <summary>
/// Counts attempts of one kind by some of those who make them; its key is the kind and which share. See <see
/// cref="Ports.Security.IAttempts"/>.
/// </summary>
public interface IAttemptsGrain : IGrainWithStringKey
{
    Task<TimeSpan?> WaitOfAsync(string key, int maximum);

    Task CountAsync(string key, TimeSpan window);
}
