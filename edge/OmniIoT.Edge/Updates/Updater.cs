using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Uplink;
using OmniIoT.Mqtt.Client;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Edge.Updates;

/// <summary>
/// Brings the desired version onto the disk, checked and unpacked, and then asks for the switch; a new version says here that it is well.
/// Each step is reported as <c>update {state, version, error}</c>.
/// </summary>
internal sealed partial class Updater(MqttClient client, UpdateOptions options, string topic, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestFetch = TimeSpan.FromHours(1);

    private readonly Slots _slots = new(options.Directory);
    private readonly Channel<Firmware> _wanted = Channel.CreateBounded<Firmware>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropOldest }
    );

    /// <summary>Everything is there; the process is to switch.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Takes the desired property; null when it is right.</summary>
    public string? Want(JsonNode? node)
    {
        if (node is null)
            return null;
        if (Firmware.Read(node, out string? mistake) is { } firmware)
            _wanted.Writer.TryWrite(firmware);
        return mistake;
    }

    /// <summary>Until the version on the disk is to be switched to.</summary>
    /// <param name="isSampling">Whether any sensor gives values, or there are none.</param>
    public async Task RunAsync(LinkState link, Func<bool> isSampling, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(options.Directory);
        await link.UpAsync(cancellationToken);
        if (Environment.GetEnvironmentVariable(TrialEnvironment.Healthy) is { } file && _slots.Pending is { } trial)
            await BeWellAsync(trial, file, isSampling, cancellationToken);
        else if (_slots.Failed is { } failed)
            await ReportAsync("failed", failed.Version, failed.Error, cancellationToken);
        await foreach (Firmware firmware in _wanted.Reader.ReadAllAsync(cancellationToken))
        {
            if (firmware.Version == Slots.RunningVersion)
                continue;
            if (FailureOf(firmware) is { } known)
                await ReportAsync("failed", firmware.Version, known, cancellationToken);
            else if (await TryPrepareAsync(firmware, cancellationToken))
                return;
        }
    }

    /// <summary>Why this very package failed before; null: it did not.</summary>
    private string? FailureOf(Firmware firmware) =>
        _slots.Failed is { } failed && failed.Version == firmware.Version && failed.Sha256 == Convert.ToHexStringLower(firmware.Sha256)
            ? failed.Error
            : null;

    /// <summary>Connected, as it was awaited already, and its sensors are read.</summary>
    private async Task BeWellAsync(Trial trial, string file, Func<bool> isSampling, CancellationToken cancellationToken)
    {
        while (!isSampling())
            await Task.Delay(Look, time, cancellationToken);
        _slots.Pending = null;
        _slots.Failed = null;
        await File.WriteAllTextAsync(file, trial.Version, cancellationToken);
        LogUpdated(trial.Version);
        await ReportAsync("updated", trial.Version, null, cancellationToken);
    }

    private async Task<bool> TryPrepareAsync(Firmware firmware, CancellationToken cancellationToken)
    {
        try
        {
            if (!await FetchAsync(firmware, cancellationToken))
                return false;
            await ReportAsync("downloaded", firmware.Version, null, cancellationToken);
            Package.Verify(firmware, _slots.Download, options.PublicKey);
            await ReportAsync("verified", firmware.Version, null, cancellationToken);
            string slot = _slots.Spare;
            await Package.UnpackAsync(_slots.Download, _slots.PathOf(slot), cancellationToken);
            if (Launcher.Find(_slots.PathOf(slot)) is null)
                throw new InvalidDataException("the package has no agent at its root");
            _slots.NoteVersion(slot, firmware.Version);
            File.Delete(_slots.Download);
            await ReportAsync("updating", firmware.Version, null, cancellationToken);
            _slots.Pending = new Trial(firmware.Version, Convert.ToHexStringLower(firmware.Sha256), _slots.Current);
            return IsReady = true;
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            LogFailed(firmware.Version, failure.Message);
            // A disk that is full now may have room when it is desired anew; what is wrong with the package stays wrong.
            if (failure is InvalidDataException)
                _slots.Failed = (firmware.Version, Convert.ToHexStringLower(firmware.Sha256), failure.Message);
            await ReportAsync("failed", firmware.Version, failure.Message, cancellationToken);
            return false;
        }
    }

    /// <summary>False when another version is desired before this one could be had.</summary>
    private async Task<bool> FetchAsync(Firmware firmware, CancellationToken cancellationToken)
    {
        using HttpClient http = new();
        string? error = null;
        do
        {
            await ReportAsync("downloading", firmware.Version, error, cancellationToken);
            using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            limit.CancelAfter(LongestFetch);
            try
            {
                await Package.FetchAsync(http, firmware, _slots.Download, limit.Token);
                return true;
            }
            catch (Exception failure)
                when (failure is HttpRequestException or HttpIOException
                    || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
                )
            {
                error = failure.Message;
                LogNotFetched(firmware.Version, error);
            }
        } while (!await IsOtherWantedAsync(cancellationToken));
        return false;
    }

    /// <summary>After a pause, or at once when it is.</summary>
    private async Task<bool> IsOtherWantedAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _wanted.Reader.WaitToReadAsync(cancellationToken).AsTask().WaitAsync(Retry, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private async Task ReportAsync(string state, string version, string? error, CancellationToken cancellationToken)
    {
        JsonObject report = new()
        {
            ["update"] = new JsonObject
            {
                ["state"] = state,
                ["version"] = version,
                ["error"] = error,
            },
        };
        try
        {
            byte[] payload = Encoding.UTF8.GetBytes(report.ToJsonString());
            await client.PublishAsync(topic, payload, QualityOfService.AtLeastOnce, cancellationToken: cancellationToken);
        }
        catch (MqttClientException failure)
        {
            LogNotReported(failure.Message);
        }
    }

    [LoggerMessage(50, LogLevel.Information, "Version {Version} runs and is well")]
    private partial void LogUpdated(string version);

    [LoggerMessage(51, LogLevel.Error, "The update to version {Version} failed: {Reason}")]
    private partial void LogFailed(string version, string reason);

    [LoggerMessage(52, LogLevel.Warning, "The package of version {Version} cannot be had and is tried again: {Reason}")]
    private partial void LogNotFetched(string version, string reason);

    [LoggerMessage(53, LogLevel.Warning, "The state of an update cannot be reported: {Reason}")]
    private partial void LogNotReported(string reason);
}
