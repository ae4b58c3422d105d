using OmniIoT.Ports.Security;
using Orleans;

namespace OmniIoT.Grains.Abstractions;

/// <summary>
/// Counts attempts of one kind by some of those who make them; its key is the kind and which share. See <see
/// cref="IAttempts"/>.
/// </summary>
public interface IAttemptsGrain : IGrainWithStringKey
{
    Task<AttemptPlace> BeginAsync(string key, int maximum, TimeSpan window);

    Task SettleAsync(string key, bool counts);
}
