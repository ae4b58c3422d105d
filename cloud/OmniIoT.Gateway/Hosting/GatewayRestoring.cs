using Microsoft.Extensions.Logging;
using OmniIoT.Gateway.Options;
using OmniIoT.Gateway.Sessions;

namespace OmniIoT.Gateway.Hosting;

/// <summary>Takes in what storage kept over a restart.</summary>
internal sealed class GatewayRestoring(
    MqttGatewayOptions options,
    SessionRegistry sessions,
    RetainedStorage retained,
    GatewayLifecycle lifecycle,
    ILogger<GatewayRestoring> logger
)
{
    public async Task RestoreAsync(CancellationToken cancellationToken)
    {
        if (options.AllowAnonymous)
            Log.LaboratoryMode(logger);
        int messages = await retained.RestoreAsync(cancellationToken);
        await sessions.RestoreAsync(cancellationToken);
        Log.Restored(logger, sessions.Count, messages);
        lifecycle.MarkRestored();
    }
}
