using System.Globalization;
using System.Text.Json.Nodes;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>A device takes its session along to whichever process it connects to.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class MovedSessionTests(ThreeProcesses processes)
{
    private const int SessionTakenOver = 0x8E;

    [Fact]
    public async Task A_device_that_connects_elsewhere_has_its_session_there_and_the_old_connection_ends()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        string secret = await Commanded.RegisterAsync(cluster, "mover");
        await using SessionClient old = await ConnectAsync(cluster[0], "mover", secret);
        await SendTwoAsync(cluster, "mover", old);

        await using SessionClient moved = await SessionClient.ConnectAsync(cluster[1], "mover", secret);

        Assert.Equal(SessionTakenOver, await old.ToldAsync());
        await AssertTakenAlongAsync(cluster, "mover", moved, sendAt: 2);
        Assert.Single(old.Messages);
        Assert.All(cluster.Members, member => Assert.Empty(member.Errors));
    }

    [Fact]
    public async Task A_device_whose_process_was_killed_has_its_session_at_another()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        string secret = await Commanded.RegisterAsync(cluster, "survivor");
        await using SessionClient old = await ConnectAsync(cluster[0], "survivor", secret);
        await SendTwoAsync(cluster, "survivor", old);

        await cluster[0].Host.KillAsync();
        await using SessionClient moved = await SessionClient.ConnectAsync(cluster[1], "survivor", secret);

        await AssertTakenAlongAsync(cluster, "survivor", moved, sendAt: 2);
    }

    [Fact]
    public async Task What_is_sent_while_the_device_is_away_and_its_process_dead_is_delivered_where_it_comes_back()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        string secret = await Commanded.RegisterAsync(cluster, "sleeper");
        await using (SessionClient old = await ConnectAsync(cluster[0], "sleeper", secret))
            await old.VanishAsync();
        await cluster[0].Host.KillAsync();
        await cluster[1].SeesActiveAsync(2);

        await Commanded.SendAsync(cluster[1], "sleeper", "first");
        await using SessionClient back = await SessionClient.ConnectAsync(cluster[2], "sleeper", secret);

        Assert.True(back.WasPresent, "The session was not taken along.");
        await back.ReceivedAsync(1, "the command that was sent meanwhile");
        await Commanded.SendAsync(cluster[1], "sleeper", "second");
        IReadOnlyList<SessionMessage> received = await back.ReceivedAsync(2, "the next command");
        Assert.Equal([(false, "first"), (false, "second")], received.Select(NameOf));
    }

    [Fact]
    public async Task The_twin_shows_the_devices_of_a_killed_process_as_away()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        string secret = await Commanded.RegisterAsync(cluster, "orphan");
        await using SessionClient lost = await ConnectAsync(cluster[0], "orphan", secret);
        await cluster[1].Api.SeenAsync("devices/orphan/twin", twin => (bool)twin["connected"]!, "connected device");

        await cluster[0].Host.KillAsync();

        await cluster[1].Api.SeenAsync("devices/orphan/twin", twin => !(bool)twin["connected"]!, "device that is away");
    }

    [Fact]
    public async Task A_command_is_answered_whichever_process_the_device_is_at()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        string secret = await Commanded.RegisterAsync(cluster, "answering");
        await using SessionClient device = await ConnectAsync(cluster[0], "answering", secret);

        JsonNode command = await Commanded.SendAsync(cluster[1], "answering", "only");
        await device.ReceivedAsync(1, "the command");
        MosquittoClient other = new(cluster[2].MqttPort, "answering", secret);
        await other.PublishAsync($"devices/answering/commands/{(string)command["id"]!}/response", """{ "status": "succeeded" }""");

        foreach (ClusterMember member in cluster.Members)
            Assert.Equal("succeeded", (string?)Assert.Single(await member.Api.ListAsync("devices/answering/commands"))["status"]);
    }

    [Fact]
    public async Task A_device_that_moves_again_and_again_gets_every_command_once()
    {
        const int Moves = 8;
        ClusterOfHosts cluster = await processes.WholeAsync();
        string secret = await Commanded.RegisterAsync(cluster, "restless");
        SessionClient current = await SessionClient.ConnectAsync(cluster[0], "restless", secret, "devices/restless/commands/+/request");
        List<SessionMessage> received = [];
        using CancellationTokenSource moved = new();
        Task<int> sending = SendUntilAsync(cluster, "restless", moved.Token);
        for (int move = 1; move <= Moves; move++)
        {
            SessionClient next = await SessionClient.ConnectAsync(cluster[move % 3], "restless", secret);
            Assert.Equal(SessionTakenOver, await current.ToldAsync());
            received.AddRange(current.Messages);
            await current.DisposeAsync();
            current = next;
        }
        await moved.CancelAsync();
        int sent = await sending;

        await using SessionClient last = current;
        await Awaited.Seen(
            async () =>
                (await cluster[0].Api.ListAsync("devices/restless/commands?limit=500")).All(command =>
                    (string?)command["status"] == "delivered"
                )
                    ? cluster
                    : null,
            "delivery of all commands"
        );
        received.AddRange(last.Messages);
        Assert.Equal(
            Enumerable.Range(0, sent).Select(Text),
            received.Select(message => NameOf(message).Name).Distinct().OrderBy(int.Parse)
        );
        Assert.DoesNotContain(received.Where(message => !message.Dup).CountBy(message => NameOf(message).Name), count => count.Value > 1);
    }

    [Fact]
    public async Task An_app_that_moves_again_and_again_gets_every_notice()
    {
        const int Moves = 12;
        ClusterOfHosts cluster = await processes.WholeAsync();
        string[] devices = [.. Enumerable.Range(0, 6).Select(number => "noticed-" + Text(number))];
        MosquittoClient[] speaking = await RegisterNoticedAsync(cluster, devices);
        string token = (string)(await cluster[0].Api.PostAsync("customers/nomad/app-token"))["token"]!;
        SessionClient current = await SessionClient.ConnectAsync(cluster[0], "customer:nomad", token, "customers/nomad/messages");
        List<SessionMessage> received = [];
        using CancellationTokenSource moved = new();
        Task[] speeches = [.. devices.Select((device, number) => SpeakUntilAsync(speaking[number], device, moved.Token))];
        for (int move = 1; move <= Moves; move++)
        {
            SessionClient next = await SessionClient.ConnectAsync(cluster[move % 3], "customer:nomad", token);
            await current.ToldAsync();
            received.AddRange(current.Messages);
            await current.DisposeAsync();
            current = next;
        }
        await moved.CancelAsync();
        await Task.WhenAll(speeches);

        await using SessionClient last = current;
        HashSet<string> sent =
        [
            .. (await cluster[1].Api.ListAsync("customers/nomad/timeline?kind=message.sent&limit=500")).Select(entry =>
                (string)entry["id"]!
            ),
        ];
        await Awaited.Seen(
            () =>
                Task.FromResult(
                    sent.IsSubsetOf(received.Concat(last.Messages).Select(notice => (string)notice.Payload["id"]!)) ? sent : null
                ),
            $"receipt of all {sent.Count} notices"
        );
    }

    private static async Task<MosquittoClient[]> RegisterNoticedAsync(ClusterOfHosts cluster, string[] devices)
    {
        await cluster[0]
            .Api.PutAsync(
                "models/noticed",
                """
                { "name": "Lamp", "metrics": { "temperature": {} }, "rules": [
                  { "type": "hot", "severity": "minor", "when": "temperature > 80", "notify": { "text": "{{device.name}} is hot" } } ] }
                """
            );
        await cluster[0].Api.PutAsync("customers/nomad", """{ "name": "Nomad" }""");
        List<MosquittoClient> clients = [];
        foreach (string device in devices)
        {
            JsonNode registered = await cluster[0].Api.PutAsync("devices/" + device, """{ "model": "noticed", "customerId": "nomad" }""");
            clients.Add(new MosquittoClient(cluster[clients.Count % 3].MqttPort, device, (string)registered["secret"]!));
        }
        return [.. clients];
    }

    /// <summary>Gets hot and cools down, again and again.</summary>
    private static async Task SpeakUntilAsync(MosquittoClient client, string device, CancellationToken enough)
    {
        while (!enough.IsCancellationRequested)
            await client.PublishAsync($"devices/{device}/telemetry", """{ "temperature": 90 }""", """{ "temperature": 10 }""");
    }

    /// <summary>One after the other, through each process in turn; how many.</summary>
    private static async Task<int> SendUntilAsync(ClusterOfHosts cluster, string device, CancellationToken enough)
    {
        int sent = 0;
        for (; !enough.IsCancellationRequested; sent++)
            await Commanded.SendAsync(cluster[sent % 3], device, Text(sent));
        return sent;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>One is under way to the device, the other waits for its acknowledgement.</summary>
    private static async Task SendTwoAsync(ClusterOfHosts cluster, string device, SessionClient client)
    {
        await Commanded.SendAsync(cluster[2], device, "under-way");
        await client.ReceivedAsync(1, "the command that stays unacknowledged");
        await Commanded.SendAsync(cluster[2], device, "queued");
        await cluster[2]
            .Api.SeenAsync(
                $"devices/{device}/commands",
                list => list["items"]!.AsArray().All(command => (string?)command!["status"] == "sent"),
                "commands that are the session's"
            );
    }

    /// <summary>Each once, and then what is sent now.</summary>
    private static async Task AssertTakenAlongAsync(ClusterOfHosts cluster, string device, SessionClient moved, int sendAt)
    {
        Assert.True(moved.WasPresent, "The session was not taken along.");
        await moved.ReceivedAsync(2, "what the session had");
        await Commanded.SendAsync(cluster[sendAt], device, "new");
        IReadOnlyList<SessionMessage> received = await moved.ReceivedAsync(3, "the next command");
        Assert.Equal([(true, "under-way"), (false, "queued"), (false, "new")], received.Select(NameOf));
        await cluster[sendAt]
            .Api.SeenAsync(
                $"devices/{device}/commands",
                list => list["items"]!.AsArray().All(command => (string?)command!["status"] == "delivered"),
                "delivery of all commands"
            );
        Assert.Equal(3, moved.Messages.Count);
    }

    private static Task<SessionClient> ConnectAsync(ClusterMember at, string device, string secret) =>
        SessionClient.ConnectAsync(at, device, secret, $"devices/{device}/commands/+/request", holds: true);

    private static (bool Dup, string Name) NameOf(SessionMessage message) => (message.Dup, Commanded.NameOf(message.Payload));
}
