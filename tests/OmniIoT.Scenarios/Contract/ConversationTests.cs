using System.Text.Json.Nodes;
using OmniIoT.Mqtt.Protocol;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class ConversationTests(ContractHost host)
{
    [Fact]
    public async Task A_visitors_words_and_an_agents_answer_stand_in_one_conversation_and_on_the_timeline()
    {
        Answer visitor = await host.PostAsync("/chat/api/visitors", """{ "name": "Vera" }""");
        Assert.Equal(
            200,
            (
                await host.SendAsync(HttpMethod.Post, "/chat/api/messages", """{ "text": "It leaks" }""", bearer: (string?)visitor["token"])
            ).Status
        );
        JsonNode open = (await host.GetAsync("conversations?status=open")).Items[0]!;
        string customer = (string)open["customerId"]!;
        string path = "conversations/" + (string?)open["id"];
        await using ContractClient app = await host.ConnectAppAsync(customer);
        await app.SubscribeAsync($"customers/{customer}/messages");

        Answer sent = await host.PostAsync(path + "/messages", """{ "text": "Someone is on the way" }""");

        Assert.Equal(201, sent.Status);
        Assert.Equal("Someone is on the way", (string?)(await app.ReceiveAsync("agent's message")).Payload["text"]);
        Assert.Equal(
            ["It leaks", "Someone is on the way"],
            (await host.GetAsync(path))["messages"]!.AsArray().Select(message => (string)message!["text"]!)
        );
        JsonArray timeline = (await host.GetAsync($"customers/{customer}/timeline")).Items;
        Assert.Equal(["message.sent", "message.received", "conversation.opened"], timeline.Select(entry => (string)entry!["kind"]!));
        Assert.All(timeline, entry => Assert.Equal((string?)open["id"], (string?)entry!["refs"]!["conversationId"]));
        Assert.Equal("/text", Assert.Single((await host.PostAsync(path + "/messages", """{ "text": "" }""")).Pointers));
        Assert.Equal(404, (await host.PostAsync("conversations/nothing/messages", """{ "text": "Hello" }""")).Status);
    }

    [Fact]
    public async Task A_scanner_that_hears_a_customers_tag_begins_their_visit()
    {
        string site = host.NewId("site-");
        await host.PutAsync("sites/" + site, """{ "name": "Bar" }""");
        string tag = host.NewId("tag-");
        string customer = await host.AddCustomerAsync(
            $$""" "consent": { "location": true }, "identities": [{ "type": "tag", "value": "{{tag}}" }] """
        );
        string model = await host.AddModelAsync();
        await using ContractClient scanner = await host.AddDeviceAsync(model);
        await host.PutAsync("devices/" + scanner.Id, $$"""{ "model": "{{model}}", "siteId": "{{site}}" }""");

        string heard = $$"""[{"ts":{{ContractHost.NowMilliseconds}},"tag":"{{tag}}","rssi":-40}]""";
        Assert.Equal(ReasonCode.Success, await scanner.PublishAsync($"devices/{scanner.Id}/sightings", heard));

        Answer visits = await host.SeenAsync($"customers/{customer}/visits", answer => answer.Items.Count == 1, "visit of a tag's owner");
        Assert.Equal(site, (string?)visits.Items[0]!["siteId"]);
    }
}
