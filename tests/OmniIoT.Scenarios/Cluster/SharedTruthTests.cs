using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using OmniIoT.Scenarios.Contract;
using OmniIoT.TestKit;
using OmniIoT.TestKit.Hosting;

namespace OmniIoT.Scenarios.Cluster;

/// <summary>It does not matter which process one talks to.</summary>
[Collection(nameof(ThreeProcesses))]
public sealed class SharedTruthTests(ThreeProcesses processes)
{
    [Fact]
    public async Task What_is_written_through_one_process_is_read_through_another_at_once()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        await cluster[0].Api.PutAsync("customers/truth", """{ "name": "Rena" }""");
        await cluster[1].Api.PutAsync("models/truth", """{ "name": "Oven", "metrics": { "temperature": { "unit": "Cel" } } }""");
        JsonNode device = await cluster[2].Api.PutAsync("devices/truth", """{ "model": "truth", "customerId": "truth" }""");
        MosquittoClient oven = new(cluster[0].MqttPort, "truth", (string)device["secret"]!);

        await oven.PublishAsync("devices/truth/telemetry", """{ "seq": 1, "values": { "temperature": 71.5 } }""");
        JsonNode opened = await cluster[1].Api.PostAsync("cases", """{ "deviceId": "truth", "title": "It smells" }""");
        string path = $"cases/{(string)opened["id"]!}";
        await cluster[2].Api.PostAsync(path + "/notes", """{ "text": "Called back" }""");
        await cluster[0].Api.PatchAsync(path, """{ "priority": "high" }""");

        foreach (ClusterMember member in cluster.Members)
        {
            Assert.Equal("truth", (string?)(await member.Api.ReadAsync("devices/truth"))["customerId"]);
            IReadOnlyList<JsonNode> readings = await Awaited.Seen(() => ReadingsAsync(member), "reading");
            Assert.Equal(71.5, (double)Assert.Single(readings)["value"]!);
            Assert.Equal(71.5, (double)(await member.Api.ReadAsync("devices/truth/twin"))["values"]!["temperature"]!["value"]!);
            Assert.Equal(
                ("It smells", "high"),
                ((string?)(await member.Api.ReadAsync(path))["title"], (string?)(await member.Api.ReadAsync(path))["priority"])
            );
            Assert.Contains(await member.Api.ListAsync("customers/truth/timeline"), entry => (string?)entry["text"] == "Called back");
        }
    }

    /// <summary>Readings move to where they are read from twice a second; null while none is there.</summary>
    private static async Task<IReadOnlyList<JsonNode>?> ReadingsAsync(ClusterMember member) =>
        await member.Api.ListAsync("devices/truth/telemetry/raw?metric=temperature") is { Count: > 0 } readings ? readings : null;

    [Fact]
    public async Task An_event_stream_shows_what_happens_at_other_processes_and_is_resumed_at_a_third()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        await cluster[0].Api.PutAsync("customers/watched", """{ "name": "Aygun" }""");
        string lastId;
        await using (EventWatcher first = await EventWatcher.OpenAsync(cluster[0].Api, "customerId=watched"))
        {
            await cluster[1].Api.PostAsync("customers/watched/timeline", """{ "text": "one" }""");
            Assert.Contains("one", (await first.SeenAsync("note.added")).ToJsonString(), StringComparison.Ordinal);
            lastId = first.Ids[^1];
        }

        await cluster[1].Api.PostAsync("customers/watched/timeline", """{ "text": "two" }""");
        await cluster[0].Api.PostAsync("customers/watched/timeline", """{ "text": "three" }""");
        await using EventWatcher second = await EventWatcher.OpenAsync(cluster[2].Api, "customerId=watched", lastId);
        await cluster[0].Api.PostAsync("customers/watched/timeline", """{ "text": "four" }""");

        string[] texts = ["two", "three", "four"];
        for (int number = 1; number <= texts.Length; number++)
            Assert.Contains(texts[number - 1], (await second.SeenAsync("note.added", number)).ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_twin_that_changes_elsewhere_right_after_an_event_stream_was_opened_is_shown_on_it()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        await cluster[0].Api.PutAsync("models/glancing", """{ "name": "Lamp" }""");
        await cluster[0].Api.PutAsync("devices/glancing", """{ "model": "glancing" }""");

        await using EventWatcher watcher = await EventWatcher.OpenAsync(cluster[1].Api, "deviceId=glancing&kinds=twin");
        await cluster[0].Api.PatchAsync("devices/glancing/twin/desired", """{ "light": 7 }""");

        Assert.Equal(7, (int)(await watcher.SeenAsync("twin"))["desired"]!["light"]!);
    }

    [Fact]
    public async Task A_model_that_is_put_at_one_process_acts_on_devices_of_the_others()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        await cluster[0].Api.PutAsync("models/changing", """{ "name": "Press", "metrics": { "force": { "unit": "kN" } } }""");
        string[] ids = ["changing-0", "changing-1", "changing-2"];
        Dictionary<string, MosquittoClient> presses = [];
        foreach (string id in ids)
        {
            JsonNode device = await cluster[0].Api.PutAsync("devices/" + id, """{ "model": "changing" }""");
            presses[id] = new MosquittoClient(cluster[presses.Count].MqttPort, id, (string)device["secret"]!);
            await presses[id].PublishAsync($"devices/{id}/telemetry", """{ "values": { "force": 99 } }""");
        }

        await cluster[1]
            .Api.PutAsync(
                "models/changing",
                """
                { "name": "Press", "metrics": { "force": { "unit": "kN" } }, "rules": [ { "type": "strained", "severity": "major", "when": "force > 90" } ] }
                """
            );

        foreach (string id in ids)
        {
            await Awaited.Seen(
                async () =>
                {
                    await presses[id].PublishAsync($"devices/{id}/telemetry", """{ "values": { "force": 99 } }""");
                    return (await cluster[2].Api.ListAsync($"alarms?deviceId={id}")).SingleOrDefault();
                },
                $"alarm of {id} by the new rule"
            );
        }
    }

    [Fact]
    public async Task A_fence_and_a_campaign_that_are_put_at_one_process_act_on_a_shopper_at_another()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        await cluster[0].Api.PutAsync("customers/shopper", """{ "name": "Nigar", "consent": { "location": true, "offers": true } }""");
        string token = (string)(await cluster[0].Api.PostAsync("customers/shopper/app-token"))["token"]!;
        MosquittoClient phone = new(cluster[2].MqttPort, "customer:shopper", token);
        await using MosquittoSubscription app = await phone.SubscribeAsync("customers/shopper/offers");

        await cluster[0].Api.PutAsync("sites/corner", """{ "name": "Corner" }""");
        await cluster[1]
            .Api.PutAsync(
                "fences/corner",
                """
                { "siteId": "corner", "name": "Corner", "geometry": { "type": "Point", "coordinates": [49.86, 40.41] }, "radiusMeters": 40 }
                """
            );
        await cluster[0]
            .Api.PutAsync(
                "campaigns/corner",
                """
                { "name": "Week", "trigger": "enter", "fenceIds": ["corner"], "content": { "title": "Hello", "text": "20 % off" } }
                """
            );

        // In and out of it, in device time, until both act where the shopper's grain lives.
        long at = ContractHost.NowMilliseconds - 600_000;
        await Awaited.Seen(
            async () =>
            {
                await phone.PublishAsync("customers/shopper/location", Location(40.41), Location(40.45), Location(40.45));
                return app.Messages is [var offer, ..] ? offer : null;
            },
            "offer at the fence"
        );
        Assert.Equal("corner", (string?)(await app.ReceivedAsync(1, "offer"))[0].Payload["campaignId"]);

        string Location(double latitude) =>
            string.Create(
                CultureInfo.InvariantCulture,
                $$"""{ "ts": {{at += 60_000}}, "lat": {{latitude}}, "lon": 49.86, "accuracy": 5 }"""
            );
    }

    [Fact]
    public async Task A_new_agent_signs_in_at_another_process_and_a_removed_one_nowhere()
    {
        ClusterOfHosts cluster = await processes.WholeAsync();
        const string body = """{ "user": "orkhan", "password": "long-enough-words" }""";
        await cluster[0].Api.PutAsync("agents/orkhan", """{ "name": "Orkhan", "password": "long-enough-words" }""");

        JsonNode session = await cluster[1].Api.PostAsync("session", body);
        Assert.Equal("Orkhan", (string?)session["name"]);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(cluster[2], (string)session["token"]!));

        Assert.Equal(HttpStatusCode.NoContent, await cluster[2].Api.StatusAsync(HttpMethod.Delete, "agents/orkhan"));
        foreach (ClusterMember member in cluster.Members)
        {
            Assert.Equal(HttpStatusCode.Unauthorized, await member.Api.StatusAsync(HttpMethod.Post, "session", body));
            Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(member, (string)session["token"]!));
        }

        static async Task<HttpStatusCode> StatusAsync(ClusterMember member, string token)
        {
            using HttpRequestMessage request = new(HttpMethod.Get, "cases");
            request.Headers.Authorization = new("Bearer", token);
            using HttpResponseMessage response = await member.Api.SendAsync(request);
            return response.StatusCode;
        }
    }
}
