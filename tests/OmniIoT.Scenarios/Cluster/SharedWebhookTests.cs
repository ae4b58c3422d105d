using System.Globalization;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;
using OmniIoT.TestKit.Providers;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>Whatever process a change is made at, and whichever of them is lost, another system is told of it in order.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class SharedWebhookTests(ThreeProcesses processes)
{
    private const int Customers = 6;
    private const int Rounds = 12;

    [Fact]
    public async Task Changes_made_anywhere_come_in_order_for_each_customer_while_a_process_is_killed()
    {
        await using ForeignSystem system = new();
        ClusterOfHosts cluster = await processes.WholeAsync();
        for (int customer = 0; customer < Customers; customer++)
            await cluster[0].Api.PutAsync($"customers/told-{customer}", """{"name":"Told"}""");
        await cluster[0].Api.PutAsync("webhooks/told", $$"""{"url":"{{system.Endpoint}}","events":["note.added"],"secret":"s"}""");

        await NoteAsync(cluster, 0, Rounds / 2, 3);
        await cluster[1].Host.KillAsync();
        await cluster[0].SeesActiveAsync(2);
        await cluster[2].SeesActiveAsync(2);
        await NoteAsync(cluster, Rounds / 2, Rounds, 1);
        await Awaited.Seen(
            () => Task.FromResult(FirstsOf(system).Count == Customers * Rounds ? "all" : null),
            "every change at the other system",
            TimeSpan.FromSeconds(90)
        );
        await cluster[0].Api.StatusAsync(HttpMethod.Delete, "webhooks/told");

        string[] expected = [.. Enumerable.Range(0, Rounds).Select(static round => round.ToString(CultureInfo.InvariantCulture))];
        Assert.All(FirstsOf(system).GroupBy(CustomerOf), customer => Assert.Equal(expected, customer.Select(TitleOf)));
    }

    /// <param name="members">So many of the processes take turns, but not the one that is killed once it is.</param>
    private static async Task NoteAsync(ClusterOfHosts cluster, int from, int to, int members)
    {
        for (int round = from; round < to; round++)
        {
            for (int customer = 0; customer < Customers; customer++)
            {
                ClusterMember member = cluster[members == 1 ? 0 : (round + customer) % members];
                await member.Api.PostAsync($"customers/told-{customer}/timeline", $$"""{"kind":"note.added","title":"{{round}}"}""");
            }
        }
    }

    /// <summary>Each change as it first came: the same again bears the same id.</summary>
    private static IReadOnlyList<ProviderCall> FirstsOf(ForeignSystem system) =>
        [.. system.Taken.DistinctBy(static call => call.Headers["X-OmniIoT-Delivery"])];

    private static string CustomerOf(ProviderCall call) => (string)call.Json["customerId"]!;

    private static string TitleOf(ProviderCall call) => (string)call.Json["data"]!["title"]!;
}
