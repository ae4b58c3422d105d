using System.Diagnostics;
using Microsoft.Extensions.Logging;

namespace OmniIoT.Edge.Updates;

/// <summary>
/// The switch from one version to another, by the process of the old one, whose agent has ended: it starts the new one and watches it. When
/// that is well it hands over to it; when it is not, all is as before, and the old agent goes on.
/// </summary>
internal sealed partial class Switchover(UpdateOptions options, ServiceManager manager, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly Slots _slots = new(options.Directory);

    /// <summary>
    /// A start behind an update that lost its power: the version before runs again. The exit code of what was started instead of this
    /// process; null: this one goes on.
    /// </summary>
    public async Task<int?> RecoverAsync(CancellationToken cancellationToken)
    {
        bool isWatched = Environment.GetEnvironmentVariable(TrialEnvironment.Healthy) is not null;
        if (isWatched || _slots.Pending is not { } trial)
            return null;
        GoBack(trial, "it was interrupted before it was known to be well");
        if (trial.From is not { } from || Slots.RunningVersion != trial.Version)
            return null;
        using Process before = Launcher.Start(_slots.PathOf(from), _slots.VersionOf(from), healthyFile: null);
        return await HandOverAsync(before, cancellationToken);
    }

    /// <summary>The exit code of the new version; null: the old one is to go on.</summary>
    public async Task<int?> RunAsync(CancellationToken cancellationToken)
    {
        if (_slots.Pending is not { } trial)
            return null;
        if (cancellationToken.IsCancellationRequested)
            return Postpone();
        string slot = _slots.Spare;
        string healthy = Path.Combine(Path.GetFullPath(options.Directory), "healthy");
        File.Delete(healthy);
        LogSwitching(trial.Version);
        try
        {
            using Process fresh = Launcher.Start(_slots.PathOf(slot), trial.Version, healthy);
            if (await BecomesWellAsync(fresh, healthy, cancellationToken) is not { } failure)
            {
                // Not before: whatever ends the machine meanwhile, it starts what is known to run.
                _slots.Switch(slot);
                return await HandOverAsync(fresh, cancellationToken);
            }
            await Launcher.StopAsync(fresh);
            if (cancellationToken.IsCancellationRequested)
                return Postpone();
            GoBack(trial, failure);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            GoBack(trial, failure.Message);
        }
        return null;
    }

    /// <summary>Who is stopped in between knows nothing against the version: it comes again when it is desired then.</summary>
    private int Postpone()
    {
        _slots.Pending = null;
        return 0;
    }

    /// <summary>Null when it does, else why not. This process lives meanwhile, and says so.</summary>
    private async Task<string?> BecomesWellAsync(Process fresh, string healthy, CancellationToken cancellationToken)
    {
        using CancellationTokenSource judged = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task watching = manager.WatchAsync(judged.Token);
        string? failure = await JudgeAsync(fresh, healthy, cancellationToken);
        await judged.CancelAsync();
        await watching;
        return failure;
    }

    private async Task<string?> JudgeAsync(Process fresh, string healthy, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        while (!File.Exists(healthy))
        {
            if (fresh.HasExited)
                return $"it ended with {fresh.ExitCode}";
            if (time.GetElapsedTime(began) >= options.HealthCheck)
                return $"it was not connected and sampling within {options.HealthCheck.TotalSeconds} s";
            if (cancellationToken.IsCancellationRequested)
                return "it was stopped";
            await Task.Delay(Look, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    /// <summary>Where a service manager takes over, this process ends; else it stays to pass on signals and the exit code.</summary>
    private Task<int> HandOverAsync(Process fresh, CancellationToken cancellationToken) =>
        manager.HandOver(fresh.Id) ? Task.FromResult(0) : Launcher.AwaitAsync(fresh, cancellationToken);

    private void GoBack(Trial trial, string reason)
    {
        LogBack(trial.Version, reason);
        _slots.Switch(trial.From);
        _slots.Failed = (trial.Version, trial.Sha256, reason);
        _slots.Pending = null;
    }

    [LoggerMessage(54, LogLevel.Information, "Switching to version {Version}")]
    private partial void LogSwitching(string version);

    [LoggerMessage(55, LogLevel.Error, "Version {Version} is given up, the one before runs again: {Reason}")]
    private partial void LogBack(string version, string reason);
}
