using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using OmniIoT.Edge.Downlink;

namespace OmniIoT.Edge.Enrolment;

/// <summary>
/// Gets the device's secret from the platform, once, and keeps it beside the queue in <c>secret</c>, for its owner only; the code by
/// which a customer makes the device theirs stands in <c>claim-code</c>.
/// </summary>
internal sealed partial class Enroller(EnrolmentOptions options, string deviceId, string directory, TimeProvider time, ILogger logger)
{
    private const string SecretFile = "secret";
    private const string Incoming = ".new";
    private const int RoomBytes = 4096;
    private const int LargestAnswerBytes = 64 * 1024;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(5);

    /// <summary>The secret; null when it was stopped before there was one.</summary>
    public async Task<string?> GetSecretAsync(CancellationToken cancellationToken)
    {
        string path = Path.Combine(directory, SecretFile);
        if (File.Exists(path) && (await File.ReadAllTextAsync(path, cancellationToken)).Trim() is { Length: > 0 } known)
            return known;
        Directory.CreateDirectory(directory);
        using HttpClient http = new() { Timeout = TimeSpan.FromSeconds(30), MaxResponseContentBufferSize = LargestAnswerBytes };
        for (TimeSpan pause = FirstPause; !cancellationToken.IsCancellationRequested; pause = Longer(pause))
        {
            if (HasRoom(path) && await TryRegisterAsync(http, cancellationToken) is { } device)
                return Keep(device, path);
            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        return null;
    }

    // The platform tells the secret once: it is asked only when there is a place to write it to.
    private bool HasRoom(string path)
    {
        try
        {
            Fill(path + Incoming, new string(' ', RoomBytes));
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            LogNoRoom(failure.Message);
            return false;
        }
    }

    private async Task<JsonNode?> TryRegisterAsync(HttpClient http, CancellationToken cancellationToken)
    {
        JsonObject body = new()
        {
            ["enrollment"] = options.Id,
            ["deviceId"] = deviceId,
            ["model"] = options.Model,
            ["name"] = options.Name,
        };
        using HttpRequestMessage request = new(HttpMethod.Post, new Uri(options.Url, "provision")) { Content = JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", options.Key);
        try
        {
            using HttpResponseMessage response = await http.SendAsync(request, cancellationToken);
            JsonNode? answer = UntrustedJson.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
            if (response.IsSuccessStatusCode && (string?)answer?[SecretFile] is { Length: > 0 })
                return answer;
            LogRefused((int)response.StatusCode, (string?)answer?["detail"] ?? (string?)answer?["title"] ?? "");
        }
        catch (Exception failure)
            when (failure is HttpRequestException or JsonException
                || UntrustedJson.IsProblem(failure)
                || (failure is OperationCanceledException && !cancellationToken.IsCancellationRequested)
            )
        {
            LogFailed(failure.Message);
        }
        catch (OperationCanceledException)
        {
            // It is being stopped.
        }
        return null;
    }

    private string Keep(JsonNode device, string path)
    {
        string secret = (string)device[SecretFile]!;
        Write(path, secret);
        if ((string?)device["claimCode"] is { } code)
            Write(Path.Combine(directory, "claim-code"), code);
        LogRegistered(deviceId);
        return secret;
    }

    private static void Write(string path, string content)
    {
        Fill(path + Incoming, content);
        File.Move(path + Incoming, path, overwrite: true);
    }

    // Written over what is there, so that a disk which is full by now has the room that was made.
    private static void Fill(string path, string content)
    {
        FileStreamOptions options = new() { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using FileStream file = new(path, options);
        byte[] bytes = Encoding.UTF8.GetBytes(content);
        file.Write(bytes);
        file.SetLength(bytes.Length);
        file.Flush(flushToDisk: true);
    }

    private static TimeSpan Longer(TimeSpan pause) => 2 * pause < LongestPause ? 2 * pause : LongestPause;

    [LoggerMessage(60, LogLevel.Information, "Registered as {DeviceId}")]
    private partial void LogRegistered(string deviceId);

    [LoggerMessage(61, LogLevel.Error, "The platform does not register this device and is asked again: {Status} {Reason}")]
    private partial void LogRefused(int status, string reason);

    [LoggerMessage(62, LogLevel.Warning, "The platform cannot be asked to register this device and is asked again: {Reason}")]
    private partial void LogFailed(string reason);

    [LoggerMessage(63, LogLevel.Error, "This device does not register before its secret can be written down: {Reason}")]
    private partial void LogNoRoom(string reason);
}
