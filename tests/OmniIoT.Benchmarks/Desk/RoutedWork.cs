using System.Diagnostics;
using System.Text.Json.Nodes;

namespace OmniIoT.Benchmarks.Desk;

/// <summary>
/// Conversations that wait while agents are there: how long it takes from the making of their queue until each has an agent.
/// </summary>
internal static class RoutedWork
{
    private const string Queue = "bench";
    private const int AtOnce = 64;

    /// <summary>For all of it.</summary>
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(2);

    public static async Task<int> RunAsync(int conversations, int agents, string repository, CancellationToken cancellationToken)
    {
        await using DeskHost? host = await DeskHost.StartAsync(Queue, AtOnce, repository, cancellationToken);
        if (host is null)
            return 1;
        await host.BeginAllAsync(conversations, AtOnce, cancellationToken);
        int room = ((conversations + agents - 1) / agents) + 1;
        for (int agent = 0; agent < agents; agent++)
        {
            JsonObject account = new()
            {
                ["name"] = $"Agent {agent}",
                ["password"] = "a good long password",
                ["queues"] = new JsonArray(Queue),
                ["capacity"] = new JsonObject { ["other"] = room },
            };
            await host.Api.PutAsync($"agents/agent-{agent}", account, cancellationToken);
            await host.Api.PutAsync($"agents/agent-{agent}/presence", new JsonObject { ["state"] = "available" }, cancellationToken);
        }
        long begun = Stopwatch.GetTimestamp();
        await host.Api.PutAsync($"queues/{Queue}", new JsonObject { ["name"] = "Bench" }, cancellationToken);
        using CancellationTokenSource limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(Limit);
        while (await LeftAsync(host, limit.Token) > 0)
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, limit.Token);
        Console.WriteLine(
            $"{conversations} conversations have one of {agents} agents after {Stopwatch.GetElapsedTime(begun).TotalSeconds:0.00} s, "
                + $"with up to 0.5 s until the router looks; load of the machine {DeskHost.MachineLoad}, {Environment.ProcessorCount} cores"
        );
        return 0;
    }

    private static async Task<long> LeftAsync(DeskHost host, CancellationToken cancellationToken) =>
        (long)(await host.Api.GetAsync("queues", cancellationToken))!["items"]![0]!["waiting"]!;
}
