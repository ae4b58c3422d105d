using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>What goes down arrives whichever process has the session, once and in its order.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class MovedOrderTests(ThreeProcesses processes)
{
    private const int Moves = 25;
    private const double SecondsBetweenMoves = 0.2;

    [Fact]
    public async Task Commands_arrive_once_and_in_order_while_the_session_moves_again_and_again()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        string secret = await Commanded.RegisterAsync(cluster, "wanderer");
        await using LineProcess device = Start(cluster, "wanderer", secret);
        await device.SeenAsync(line => line == "subscribed", "subscription of the device");
        Task stays = device.SeenAsync(line => line == "stays", "end of its moves");
        List<string> sent = [];
        while (!stays.IsCompleted)
        {
            string name = sent.Count.ToString(CultureInfo.InvariantCulture);
            await Commanded.SendAsync(cluster[sent.Count % 3], "wanderer", name);
            sent.Add(name);
        }
        await stays;

        List<string> received = [];
        await device.SeenAllAsync(
            lines => (received = [.. lines.Where(IsMessage).Select(NameOf).Distinct()]).Count == sent.Count,
            $"receipt of all {sent.Count} commands"
        );
        Assert.Equal(sent, received);
        Assert.DoesNotContain(
            device.Lines.Where(line => line.StartsWith("message first ", StringComparison.Ordinal)).CountBy(NameOf),
            count => count.Value > 1
        );
    }

    private static LineProcess Start(ClusterOfHosts cluster, string device, string secret) =>
        LineProcess.Start(
            InstalledProgram.RequirePythonWithPaho(),
            Path.Combine(AppContext.BaseDirectory, "Cluster", "mover.py"),
            string.Join(',', cluster.Members.Select(member => member.MqttPort)),
            device,
            secret,
            "session-of-" + device,
            $"devices/{device}/commands/+/request",
            Moves.ToString(CultureInfo.InvariantCulture),
            SecondsBetweenMoves.ToString(CultureInfo.InvariantCulture)
        );

    private static bool IsMessage(string line) => line.StartsWith("message ", StringComparison.Ordinal);

    private static string NameOf(string line) => Commanded.NameOf(JsonNode.Parse(line.Split(' ', 4)[3])!);
}
