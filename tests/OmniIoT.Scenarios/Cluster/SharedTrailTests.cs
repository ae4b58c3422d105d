using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>All processes of a cluster add to one trail.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class SharedTrailTests(ThreeProcesses processes)
{
    [Fact]
    public async Task Whoever_asks_whichever_process_stands_in_one_chain_wherever_the_entity_lives()
    {
        const int customers = 24;
        ClusterOfHosts cluster = await processes.WholeAsync();
        for (int round = 0; round < 2; round++)
        {
            // Each by another process than the last time: at least one of the two is not where the entity lives.
            await Task.WhenAll(
                Enumerable
                    .Range(0, customers)
                    .Select(i => cluster[(i + round) % 3].Api.PutAsync($"customers/trail-{i}", $$"""{ "name": "{{round}}" }"""))
            );
        }

        for (int i = 0; i < customers; i++)
        {
            string subject = string.Create(CultureInfo.InvariantCulture, $"customer:trail-{i}");
            IReadOnlyList<JsonNode> entries = await cluster[i % 3].Api.ListAsync($"audit?subject={subject}&action=customer.changed");
            Assert.Equal(["1", "0"], entries.Select(entry => (string?)entry["after"]!["name"]));
            Assert.All(entries, entry => Assert.Equal("api", (string?)entry["actor"]));
        }
        (int exitCode, string said) = await HostProcess.StartToFailAsync(
            null,
            "audit",
            "verify",
            $"--OmniIoT:Cluster:Postgres={cluster.Database}",
            $"--OmniIoT:Cluster:Key={ClusterMember.Key}"
        );
        Assert.True(exitCode == 0, said);
    }
}
