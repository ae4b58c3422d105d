using OmniIoT.Grains.Abstractions;
using OmniIoT.Grains.Silo;
using OmniIoT.Ports.Cluster;
using OmniIoT.Ports.Sessions;
using Orleans;

namespace OmniIoT.Grains.Processes;

/// <inheritdoc cref="ISessionPeers"/>
internal sealed class SessionPeers(IGrainFactory grains, IProcesses processes, TimeProvider time) : ISessionPeers
{
    /// <summary>Who hangs is asked again until it answers or is given up.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public async ValueTask ReleaseAsync(string process, string key, CancellationToken cancellationToken)
    {
        while (processes.IsLiving(process))
        {
            try
            {
                await grains.GetGrain<IProcessGrain>(process).ReleaseSessionAsync(key).WaitAsync(Patience, time, cancellationToken);
                return;
            }
            catch (Exception error) when (LostCalls.MayBeMadeAgain(error))
            {
                await Task.Delay(Pause, time, cancellationToken);
            }
        }
    }
}
