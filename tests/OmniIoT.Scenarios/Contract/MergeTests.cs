using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class MergeTests(ContractHost host)
{
    private const string HotModel =
        """ "metrics": { "temperature": {} }, "rules": [{ "type": "hot", "severity": "major", "when": "temperature > 80", "case": { "title": "Hot" } }] """;

    [Fact]
    public async Task The_survivor_has_everything_of_both_and_answers_for_the_other_id()
    {
        (string first, string second) = await TwoAsync();
        await using ContractClient device = await host.AddDeviceAsync(await host.AddModelAsync(HotModel), second);
        await NoteAsync(first, "of the first");
        await NoteAsync(second, "of the second");

        Answer merged = await MergeAsync(first, second);

        Assert.Equal((200, first), (merged.Status, (string?)merged["id"]));
        foreach (string id in new[] { first, second })
        {
            Answer customer = await host.GetAsync("customers/" + id);
            Assert.Equal((first, "Ann"), ((string?)customer["id"], (string?)customer["name"]));
            Assert.Equal(["vip", "new"], customer["tags"]!.AsArray().Select(tag => (string)tag!));
            Assert.Equal(3, customer["identities"]!.AsArray().Count);
            Assert.Equal("Asia/Baku", (string?)customer["timeZone"]);
            JsonArray timeline = (await host.GetAsync($"customers/{id}/timeline")).Items;
            Assert.All(timeline, entry => Assert.Equal(first, (string?)entry!["customerId"]));
            Assert.Equal(["of the second", "of the first"], await TextsAsync(id, "note.added"));
            Assert.Equal("identity.merged", (string?)timeline[0]!["kind"]);
            JsonNode owned = Assert.Single((await host.GetAsync("devices?customerId=" + id)).Items)!;
            Assert.Equal((device.Id, first), ((string?)owned["id"], (string?)owned["customerId"]));
        }
        Assert.Equal([first], await FoundAsync($"{second}@example.com"));
        Assert.Equal([], await FoundAsync(second + "-tag-of-nobody"));
    }

    [Fact]
    public async Task An_unmerge_restores_both_and_each_later_entry_goes_with_the_one_it_came_from()
    {
        (string first, string second) = await TwoAsync();
        await NoteAsync(first, "first before");
        await NoteAsync(second, "second before");
        await using ContractClient firstDevice = await host.AddDeviceAsync(await host.AddModelAsync(HotModel), first);
        await using ContractClient secondDevice = await host.AddDeviceAsync(await host.AddModelAsync(HotModel), second);
        JsonNode firstBefore = (await host.GetAsync("customers/" + first)).Body!;
        JsonNode secondBefore = (await host.GetAsync("customers/" + second)).Body!;
        Assert.Equal(200, (await MergeAsync(first, second)).Status);
        await firstDevice.MeasureAsync(ContractHost.NowMilliseconds, 90);
        await secondDevice.MeasureAsync(ContractHost.NowMilliseconds, 90);
        await NoteAsync(second, "second meanwhile");
        Assert.Equal(2, (await host.GetAsync("cases?customerId=" + second)).Items.Count);

        Assert.Equal(200, (await host.PostAsync($"customers/{first}/unmerge", $$"""{ "from": "{{second}}" }""")).Status);

        AssertSameButVersion(firstBefore, (await host.GetAsync("customers/" + first)).Body!);
        AssertSameButVersion(secondBefore, (await host.GetAsync("customers/" + second)).Body!);
        Assert.Equal(["first before"], await TextsAsync(first, "note.added"));
        Assert.Equal(["second meanwhile", "second before"], await TextsAsync(second, "note.added"));
        foreach ((string customer, ContractClient device) in new[] { (first, firstDevice), (second, secondDevice) })
        {
            JsonNode raised = Assert.Single((await host.GetAsync($"customers/{customer}/timeline?kind=alarm.raised")).Items)!;
            Assert.Equal((customer, device.Id), ((string?)raised["customerId"], (string?)raised["refs"]!["deviceId"]));
            Assert.Equal(customer, (string?)Assert.Single((await host.GetAsync("cases?customerId=" + customer)).Items)!["customerId"]);
            Assert.Single((await host.GetAsync($"customers/{customer}/timeline?kind=identity.unmerged")).Items);
        }
        Assert.Equal([second], await FoundAsync($"{second}@example.com"));
    }

    [Fact]
    public async Task What_a_tag_an_app_and_a_chat_bring_stays_theirs_and_is_the_persons_meanwhile()
    {
        (string first, string second) = await TwoAsync();
        string site = host.NewId("site-");
        await host.PutAsync("sites/" + site, """{ "name": "Bar" }""");
        string model = await host.AddModelAsync();
        await using ContractClient scanner = await host.AddDeviceAsync(model);
        await host.PutAsync("devices/" + scanner.Id, $$"""{ "model": "{{model}}", "siteId": "{{site}}" }""");
        await using ContractClient app = await host.ConnectAppAsync(second);
        await app.SubscribeAsync($"customers/{second}/messages");
        Answer visitor = await host.PostAsync("/chat/api/visitors", """{ "name": "Vera" }""");
        await ChatAsync(visitor, "Hello");
        string chatter = (string)(await host.GetAsync("conversations?status=open")).Items[0]!["customerId"]!;

        await MergeAsync(first, second);
        await MergeAsync(first, chatter);
        Assert.Equal(
            ReasonCode.Success,
            await scanner.PublishAsync($"devices/{scanner.Id}/sightings", $$"""{"tag":"{{second}}-tag","rssi":-40}""")
        );
        Answer visits = await host.SeenAsync(
            $"customers/{first}/visits",
            answer => answer.Items.Count > 0,
            "visit of the merged customer's tag"
        );
        Assert.Equal(first, (string?)Assert.Single(visits.Items)!["customerId"]);
        await ChatAsync(visitor, "Still here");
        JsonNode conversation = Assert.Single((await host.GetAsync("conversations?customerId=" + first)).Items)!;
        Assert.Equal(first, (string?)conversation["customerId"]);
        Assert.Equal(
            201,
            (await host.PostAsync($"conversations/{(string?)conversation["id"]}/messages", """{ "text": "So are we" }""")).Status
        );
        Assert.Equal("So are we", (string?)(await app.ReceiveAsync("message to every app of the person")).Payload["text"]);

        await host.PostAsync($"customers/{first}/unmerge", $$"""{ "from": "{{second}}" }""");
        Assert.Empty((await host.GetAsync($"customers/{first}/visits")).Items);
        Assert.Single((await host.GetAsync($"customers/{second}/visits")).Items);
        Assert.Equal("Still here", (await TextsAsync(first, "message.received")).First());
        await host.PostAsync($"customers/{first}/unmerge", $$"""{ "from": "{{chatter}}" }""");
        Assert.Equal(["Still here", "Hello"], await TextsAsync(chatter, "message.received"));
        Assert.Empty(await TextsAsync(first, "message.received"));
    }

    [Fact]
    public async Task What_the_survivor_is_changed_to_meanwhile_is_its_own()
    {
        (string first, string second) = await TwoAsync();
        await MergeAsync(first, second);
        JsonNode merged = (await host.GetAsync("customers/" + second)).Body!;
        merged["name"] = "Anna";
        merged["identities"]!.AsArray().Add(new JsonObject { ["type"] = "telegram", ["value"] = "@anna" });

        Answer put = await host.PutAsync("customers/" + second, merged.ToJsonString());
        Assert.Equal((200, first), (put.Status, (string?)put["id"]));
        await host.PostAsync($"customers/{first}/unmerge", $$"""{ "from": "{{second}}" }""");

        Answer survivor = await host.GetAsync("customers/" + first);
        Assert.Equal("Anna", (string?)survivor["name"]);
        Assert.Equal(["email", "telegram"], survivor["identities"]!.AsArray().Select(identity => (string)identity!["type"]!));
        Assert.Equal("Berta", (string?)(await host.GetAsync("customers/" + second))["name"]);
    }

    [Fact]
    public async Task Erasing_the_survivor_erases_both()
    {
        (string first, string second) = await TwoAsync();
        await using ContractClient app = await host.ConnectAppAsync(second);
        await NoteAsync(second, "secret");
        await MergeAsync(first, second);
        Answer export = await host.GetAsync($"customers/{first}/export");
        Assert.Contains("secret", export["timeline"]!.ToJsonString(), StringComparison.Ordinal);

        Assert.Equal(204, (await host.DeleteAsync("customers/" + first)).Status);

        foreach (string id in new[] { first, second })
        {
            foreach (string part in new[] { "", "/timeline", "/export", "/visits" })
                Assert.Equal(404, (await host.GetAsync($"customers/{id}{part}")).Status);
        }
        await app.LostAsync();
        Assert.Equal(201, (await host.PutAsync("customers/" + second, """{ "name": "Somebody else" }""")).Status);
        Assert.Equal(second, (string?)(await host.GetAsync("customers/" + second))["id"]);
        Assert.Empty(await TextsAsync(second, "note.added"));
    }

    [Fact]
    public async Task Merges_of_merges_lead_to_the_last_survivor_and_are_undone_from_above()
    {
        (string first, string second) = await TwoAsync();
        string third = await host.AddCustomerAsync();
        await NoteAsync(third, "of the third");
        await MergeAsync(second, third);
        Assert.Equal(200, (await MergeAsync(first, third)).Status);

        foreach (string id in new[] { first, second, third })
            Assert.Equal(first, (string?)(await host.GetAsync("customers/" + id))["id"]);
        Assert.Equal(["of the third"], await TextsAsync(first, "note.added"));
        Assert.Equal(409, (await host.PostAsync($"customers/{first}/unmerge", $$"""{ "from": "{{third}}" }""")).Status);
        Assert.Equal(200, (await host.PostAsync($"customers/{first}/unmerge", $$"""{ "from": "{{second}}" }""")).Status);
        Assert.Equal(second, (string?)(await host.GetAsync("customers/" + third))["id"]);
        Assert.Equal(first, (string?)(await host.GetAsync("customers/" + first))["id"]);
        Assert.Equal(200, (await host.PostAsync($"customers/{second}/unmerge", $$"""{ "from": "{{third}}" }""")).Status);
        Assert.Equal(third, (string?)(await host.GetAsync("customers/" + third))["id"]);
    }

    [Fact]
    public async Task What_cannot_be_merged_is_refused()
    {
        (string first, string second) = await TwoAsync();

        Assert.Equal("/from", Assert.Single((await MergeAsync(first, first)).Pointers));
        Assert.Equal("/from", Assert.Single((await host.PostAsync($"customers/{first}/merge", "{}")).Pointers));
        Assert.Equal(404, (await MergeAsync(first, "nobody")).Status);
        Assert.Equal(404, (await MergeAsync("nobody", first)).Status);
        Assert.Equal(409, (await host.PostAsync($"customers/{first}/unmerge", $$"""{ "from": "{{second}}" }""")).Status);
        Assert.Equal(412, (await host.PostAsync($"customers/{first}/merge", $$"""{ "from": "{{second}}" }""", "\"99\"")).Status);
        Assert.Equal(200, (await MergeAsync(first, second)).Status);
        Assert.Equal(409, (await MergeAsync(first, second)).Status);
        Assert.Equal(409, (await MergeAsync(second, first)).Status);
    }

    [Fact]
    public async Task Of_two_merges_at_once_that_contradict_each_other_one_holds()
    {
        (string first, string second) = await TwoAsync();

        Answer[] answers = await Task.WhenAll(MergeAsync(first, second), MergeAsync(second, first));

        Assert.Equal([200, 409], answers.Select(answer => answer.Status).Order());
        string survivor = (string)(await host.GetAsync("customers/" + first))["id"]!;
        Assert.Equal(survivor, (string?)(await host.GetAsync("customers/" + second))["id"]);
    }

    [Fact]
    public async Task Who_shares_an_identity_is_suggested()
    {
        string phone = host.NewId("+99450");
        string members = $$""" "identities": [{ "type": "phone", "value": "{{phone}}" }] """;
        (string first, string second) = (await host.AddCustomerAsync(members), await host.AddCustomerAsync(members));

        JsonNode suggestion = Assert.Single((await host.GetAsync($"customers/{first}/merge-suggestions")).Items)!;
        Assert.Equal(
            (second, "Aysel", phone),
            (
                (string?)suggestion["customerId"],
                (string?)suggestion["name"],
                (string?)Assert.Single(suggestion["identities"]!.AsArray())!["value"]
            )
        );
        await MergeAsync(first, second);

        Assert.Empty((await host.GetAsync($"customers/{first}/merge-suggestions")).Items);
    }

    private async Task<(string First, string Second)> TwoAsync()
    {
        (string first, string second) = (host.NewId("ann-"), host.NewId("berta-"));
        Assert.Equal(
            201,
            (
                await host.PutAsync(
                    "customers/" + first,
                    $$"""
                    { "name": "Ann", "tags": ["vip"], "consent": { "location": true, "offers": true }, "identities": [{ "type": "email", "value": "{{first}}@example.com" }] }
                    """
                )
            ).Status
        );
        Assert.Equal(
            201,
            (
                await host.PutAsync(
                    "customers/" + second,
                    $$"""
                    { "name": "Berta", "timeZone": "Asia/Baku", "tags": ["vip", "new"],
                      "identities": [{ "type": "email", "value": "{{second}}@example.com" }, { "type": "tag", "value": "{{second}}-tag" }] }
                    """
                )
            ).Status
        );
        return (first, second);
    }

    private Task<Answer> MergeAsync(string into, string from) => host.PostAsync($"customers/{into}/merge", $$"""{ "from": "{{from}}" }""");

    private async Task NoteAsync(string customer, string text) =>
        Assert.Equal(201, (await host.PostAsync($"customers/{customer}/timeline", $$"""{ "text": "{{text}}" }""")).Status);

    private async Task ChatAsync(Answer visitor, string text) =>
        Assert.Equal(
            200,
            (
                await host.SendAsync(
                    HttpMethod.Post,
                    "/chat/api/messages",
                    $$"""{ "text": "{{text}}" }""",
                    bearer: (string?)visitor["token"]
                )
            ).Status
        );

    private async Task<IEnumerable<string>> TextsAsync(string customer, string kind) =>
        (await host.GetAsync($"customers/{customer}/timeline?kind={kind}")).Items.Select(entry => (string)entry!["text"]!);

    private async Task<IEnumerable<string>> FoundAsync(string text) =>
        (await host.GetAsync("customers?q=" + text)).Items.Select(customer => (string)customer!["id"]!);

    private static void AssertSameButVersion(JsonNode expected, JsonNode actual)
    {
        foreach (JsonNode node in new[] { expected, actual })
            node.AsObject().Remove("version");
        Assert.Equal(expected.ToJsonString(), actual.ToJsonString());
    }
}
