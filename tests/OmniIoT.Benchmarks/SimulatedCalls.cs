using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.Simulators.Api;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Benchmarks;

/// <summary>
/// Calls that all go on at once, each by somebody of their own through three turns of a menu into a queue: how long the host takes to say
/// what is heard next.
/// </summary>
internal static class SimulatedCalls
{
    private const string ApiKey = "benchmark-key-of-one-run";
    private const string Token = "token-of-one-run";
    private const string Channel = "phone";

    /// <summary>Rounds before the one that is measured.</summary>
    private const int WarmUps = 3;

    private const string Menu = """
        {"start":"hello","nodes":{"hello":{"say":{"en":"Welcome"},"next":"state"},"state":{"sayDeviceStatus":true,"next":"ask"},
        "ask":{"gather":{"speech":true,"choices":{"1":{"next":"more","words":{"en":["more"]}}},"exhausted":"wait"}},
        "more":{"gather":{"choices":{"1":{"next":"wait"}},"exhausted":"wait"}},"wait":{"queue":"washers"}}}
        """;

    public static async Task<int> RunAsync(int calls, string repository, CancellationToken cancellationToken)
    {
        if (await HostBuild.RunAsync(repository, cancellationToken) is not { } hostDll)
            return 1;
        await using ServerUnderLoad host = await ServerUnderLoad.StartHostAsync(hostDll, ApiKey);
        using OmniApi api = new(host.Address(ApiKey));
        await api.PutAsync("flows/main", Menu, cancellationToken);
        await api.PutAsync($"channels/{Channel}", ChannelDocument(), cancellationToken);
        using HttpClient http = new() { BaseAddress = new Uri($"http://127.0.0.1:{host.HttpPort}") };
        TwilioCaller caller = new(http, Token);
        // The first calls of a process pay for all that is made once.
        for (int round = 0; round < WarmUps; round++)
            await AtOnceAsync(caller, calls, round, cancellationToken);
        TimeSpan[][] all = await AtOnceAsync(caller, calls, WarmUps, cancellationToken);
        Tell(calls, [.. all.SelectMany(static one => one).Order()]);
        return 0;
    }

    private static Task<TimeSpan[][]> AtOnceAsync(TwilioCaller caller, int calls, int round, CancellationToken cancellationToken) =>
        Task.WhenAll(
            Enumerable
                .Range(round * calls, calls)
                .Select(index => CallAsync(caller, string.Create(CultureInfo.InvariantCulture, $"CA{index}"), index, cancellationToken))
        );

    /// <summary>Each caller waits for what is said before they go on.</summary>
    private static async Task<TimeSpan[]> CallAsync(TwilioCaller caller, string sid, int index, CancellationToken cancellationToken)
    {
        (string Name, string Value)[] whose =
        [
            ("CallSid", sid),
            ("From", string.Create(CultureInfo.InvariantCulture, $"+99450{index:D7}")),
        ];
        return
        [
            await TurnAsync(caller, "voice", whose, cancellationToken),
            await TurnAsync(caller, "voice?turn=1", [.. whose, ("SpeechResult", "more please")], cancellationToken),
            await TurnAsync(caller, "voice?turn=2", [.. whose, ("Digits", "1")], cancellationToken),
        ];
    }

    private static async Task<TimeSpan> TurnAsync(
        TwilioCaller caller,
        string part,
        IReadOnlyList<(string Name, string Value)> fields,
        CancellationToken cancellationToken
    )
    {
        long start = Stopwatch.GetTimestamp();
        using HttpResponseMessage answer = await caller.CallAsync(Channel, part, fields, cancellationToken);
        answer.EnsureSuccessStatusCode();
        return Stopwatch.GetElapsedTime(start);
    }

    private static void Tell(int calls, TimeSpan[] turns)
    {
        TimeSpan At(double share) => turns[(int)Math.Ceiling(share * turns.Length) - 1];
        Console.WriteLine(
            string.Create(
                CultureInfo.InvariantCulture,
                $"""
                calls at once            {calls, 10:N0}
                turns answered           {turns.Length, 10:N0}
                p50                      {At(0.5).TotalMilliseconds, 10:F1} ms
                p99                      {At(0.99).TotalMilliseconds, 10:F1} ms
                longest                  {turns[^1].TotalMilliseconds, 10:F1} ms
                load of the machine      {File.ReadAllText("/proc/loadavg").Split(' ')[0], 10}
                """
            )
        );
    }

    private static string ChannelDocument() =>
        new JsonObject
        {
            ["type"] = "voice",
            ["name"] = "Phone",
            ["flow"] = "main",
            ["settings"] = new JsonObject
            {
                ["accountSid"] = "AC1",
                ["authToken"] = Token,
                ["from"] = "+15550006789",
            },
        }.ToJsonString();
}
