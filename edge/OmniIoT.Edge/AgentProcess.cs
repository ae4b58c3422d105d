using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Enrolment;
using OmniIoT.Edge.Settings;
using OmniIoT.Edge.Updates;

namespace OmniIoT.Edge;

/// <summary>The process around the agent: settings, log, restarts on command.</summary>
internal static class AgentProcess
{
    /// <summary>The exit code: 0 stopped as asked, 1 wrong settings.</summary>
    public static async Task<int> RunAsync(IConfiguration configuration, CancellationToken cancellationToken)
    {
        (AgentOptions? options, IReadOnlyList<string>? mistakes) = AgentOptionsReader.Read(configuration);
        if (options is null)
        {
            foreach (string mistake in mistakes)
                Console.Error.WriteLine(mistake);
            return 1;
        }
        using ILoggerFactory logging = LoggerFactory.Create(builder =>
            builder.AddSimpleConsole(console =>
            {
                console.SingleLine = true;
                console.UseUtcTimestamp = true;
                console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss'Z' ";
            })
        );
        ILogger logger = logging.CreateLogger("OmniIoT.Edge");
        // Seeded by the device: a fleet that lost its server must not come back in step.
        Random random = new(options.DeviceId.GetHashCode(StringComparison.Ordinal));
        if (options.Secret.Length == 0 && options.Enrolment is { } enrolment)
        {
            Enroller enroller = new(enrolment, options.DeviceId, options.QueueDirectory, TimeProvider.System, logger);
            if (await enroller.GetSecretAsync(cancellationToken) is not { } secret)
                return 0;
            options = options with { Secret = secret };
        }
        ServiceManager manager = ServiceManager.FromEnvironment(TimeProvider.System);
        using CancellationTokenRegistration stopping = cancellationToken.Register(manager.Stopping);
        Switchover? switchover = options.Updates is { } updates ? new(updates, manager, TimeProvider.System, logger) : null;
        if (switchover is not null && await switchover.RecoverAsync(cancellationToken) is { } ended)
            return ended;
        AgentOutcome outcome;
        do
        {
            outcome = await new Agent(options, TimeProvider.System, random, logger)
            {
                Started = async ending =>
                {
                    manager.Ready();
                    await manager.WatchAsync(ending);
                },
            }.RunAsync(cancellationToken);
            if (outcome == AgentOutcome.UpdateReady && await switchover!.RunAsync(cancellationToken) is { } code)
                return code;
        } while (outcome != AgentOutcome.Stopped && !cancellationToken.IsCancellationRequested);
        return 0;
    }
}
