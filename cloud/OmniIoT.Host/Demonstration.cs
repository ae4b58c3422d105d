using OmniIoT.Simulators.Demo;

namespace OmniIoT.Host;

/// <summary>Runs the simulators against this process, by HTTP and MQTT like anybody else.</summary>
internal static partial class Demonstration
{
    /// <summary>Runs until the process stops. A demonstration that fails leaves the host running.</summary>
    public static async Task RunAsync(WebApplication app, HostSettings settings, Listeners listeners, DemoCredentials credentials)
    {
        Uri address = new($"http://{StartBanner.HostOf(settings.Bind)}:{listeners.HttpPort}/");
        CancellationToken stopping = app.Lifetime.ApplicationStopping;
        try
        {
            DemoOptions options = new(address, listeners.MqttPort, credentials.ApiKey)
            {
                PublicUrl = settings.PublicUrl is { } known ? new Uri(known) : null,
            };
            await DemoRunner.RunAsync(options, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The process stops.
        }
#pragma warning disable CA1031 // Edge of the demonstration: whatever it stumbles over, the host goes on.
        catch (Exception error)
#pragma warning restore CA1031
        {
            LogFailed(app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(nameof(Demonstration)), error);
        }
    }

    [LoggerMessage(EventId = 5001, Level = LogLevel.Error, Message = "The demonstration ended early; the host goes on without it.")]
    private static partial void LogFailed(ILogger logger, Exception error);
}
