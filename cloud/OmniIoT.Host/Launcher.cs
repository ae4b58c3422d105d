using System.Data.Common;
using Microsoft.AspNetCore.Connections;
using OmniIoT.Api.Access;
using OmniIoT.Grains.Silo;
using OmniIoT.Host.Backups;
using OmniIoT.Ports.Commit;
using OmniIoT.Storage.Sqlite;
using Orleans.Runtime;

namespace OmniIoT.Host;

/// <summary>
/// Runs the process from its arguments to its exit code: 0 when it was stopped, or has done its errand, 2 when it could not do as it was
/// told to.
/// </summary>
internal static class Launcher
{
    private const int Stopped = 0;
    private const int CannotStart = 2;

    public static async Task<int> RunAsync(string[] args, CancellationToken stopping)
    {
        bool isCluster = false;
        try
        {
            CommandLine commandLine = CommandLine.Parse(args);
            if (commandLine.Answer is { } answer)
                return answer();
            HostSettings settings = SettingsReader.Read(OmniHost.Configure(commandLine));
            isCluster = settings.Cluster is not null;
            if (commandLine.Errand is { } errand)
                return await errand(settings, stopping);
            FreePorts.Check(settings);
            if (!stopping.IsCancellationRequested)
                await RunAsync(commandLine, commandLine.Demo ? DemoCredentials.Prepare(settings) : settings, stopping);
            return Stopped;
        }
        catch (Exception error) when (Explain(error, isCluster) is { } line)
        {
            await Console.Error.WriteLineAsync(line);
            return CannotStart;
        }
    }

    /// <summary>A stop that is asked for during the start waits for its end, so that no part meets a start that was broken off.</summary>
    private static async Task RunAsync(CommandLine commandLine, HostSettings settings, CancellationToken stopping)
    {
        Listeners listeners = new(settings, HandleBudget.OfProcess(settings));
        await using WebApplication app = OmniHost.Build(commandLine, settings, listeners);
        if (app.Services.GetService<SiloReachability>() is { } reachability)
            await reachability.RequireAsync(CancellationToken.None);
        await app.StartAsync(CancellationToken.None);
        DemoCredentials? demo = commandLine.Demo
            ? await DemoCredentials.CreateAsync(settings, app.Services.GetRequiredService<AgentAccounts>())
            : null;
        StartBanner.Print(
            settings,
            listeners,
            settings.Cluster is null ? null : SiloPort(app),
            app.Services.GetRequiredService<NewCredentials>(),
            demo
        );
        Task demonstration = demo is null ? Task.CompletedTask : Demonstration.RunAsync(app, settings, listeners, demo);
        await WaitForStopAsync(app, stopping);
        await demonstration;
    }

    /// <summary>
    /// Ends when the process was stopped, also when the time for that ran out: with a disk that takes nothing, what waits for it cannot
    /// be finished. It was not acknowledged, so whoever sent it will send it again.
    /// </summary>
    private static async Task WaitForStopAsync(WebApplication app, CancellationToken stopping)
    {
        try
        {
            await app.WaitForShutdownAsync(stopping);
        }
        catch (Exception error) when (app.Lifetime.ApplicationStopping.IsCancellationRequested && IsOutOfTime(error))
        {
            await Console.Error.WriteLineAsync(
                $"Stopped without finishing what waited longer than {OmniHost.ShutdownTimeout.TotalSeconds:0} s; nothing of it was acknowledged."
            );
        }
    }

    private static bool IsOutOfTime(Exception error) =>
        error is OperationCanceledException || (error is AggregateException several && several.InnerExceptions.All(IsOutOfTime));

    private static int SiloPort(WebApplication app) => app.Services.GetRequiredService<ILocalSiloDetails>().SiloAddress.Endpoint.Port;

    /// <summary>One line for what a person can put right; null for what is our own fault.</summary>
    private static string? Explain(Exception error, bool isCluster) =>
        error switch
        {
            WrongSettingException or DataDirectoryInUseException or BackupException => error.Message,
            IOException { InnerException: AddressInUseException } =>
                $"{error.Message} Set OmniIoT:Http:Port and OmniIoT:Mqtt:Port to free ports, or to 0.",
            Storage.Sqlite.DatabaseTooNewException or KeyFileLostException or Postgres.DatabaseTooNewException => error.Message,
            Storage.Postgres.OtherKeyException =>
                $"OmniIoT:Cluster:Key is '***'; allowed is the key that all processes of the cluster have. {error.Message}",
            UnreachableSiloException unreachable => new WrongSettingException(
                "OmniIoT:Cluster:Advertise",
                unreachable.Address.ToString(),
                $"an address that other processes reach this one by ({unreachable.Reason})"
            ).Message,
            StorageUnavailableException or DbException when isCluster =>
                $"OmniIoT:Cluster:Postgres cannot be used: {error.Message.ReplaceLineEndings(" ")}",
            StorageUnavailableException or UnauthorizedAccessException or IOException or DbException =>
                $"OmniIoT:Data:Directory cannot be used, it must be a directory that this process can create or write to: {error.Message.ReplaceLineEndings(" ")}",
            InvalidDataException => "appsettings.json cannot be read: " + error.Message,
            _ => null,
        };
}
