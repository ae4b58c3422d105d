using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

public sealed class CustomerCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Everything_of_a_customer_is_exported_and_then_erased()
    {
        string secret = await host.SeedWasherAsync("p-washer", "p1");
        await host.PublishAsync("p-washer", secret, "devices/p-washer/telemetry", """{"temperature":91.5}""");
        await host.PostAsync("customers/p1/timeline", """{"text":"Likes tea"}""");

        Answer export = await host.GetAsync("customers/p1/export");
        Answer erased = await host.DeleteAsync("customers/p1");

        JsonNode device = Assert.Single(export.Json!["devices"]!.AsArray())!;
        Assert.Equal("Aygun", (string?)export.Json["customer"]!["name"]);
        Assert.Contains(export.Json["timeline"]!.AsArray(), entry => (string?)entry!["text"] == "Likes tea");
        Assert.Single(export.Json["cases"]!.AsArray());
        Assert.Equal(91.5, (double)device["telemetry"]!["temperature"]![0]!["value"]!);
        Assert.Equal(HttpStatusCode.NoContent, erased.Status);
        foreach (string path in new[] { "", "/timeline", "/visits", "/offers", "/decisions", "/export" })
            Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("customers/p1" + path)).Status);
    }

    [Fact]
    public async Task Every_mistake_is_told_at_once()
    {
        Answer answer = await host.PutAsync("customers/p2", """{"timeZone":"Mars/Base","tags":[""],"identities":[{"type":"email"}]}""");

        Assert.Equal(
            ["/timeZone", "/tags/0", "/identities/0/value"],
            answer.Json!["errors"]!.AsArray().Select(error => (string?)error!["pointer"])
        );
    }

    [Theory]
    [InlineData("""{"name":5}""", "/name", "must be a string")]
    [InlineData("""{"tags":"vip"}""", "/tags", "must be an array")]
    [InlineData("""{"consent":{"location":"yes"}}""", "/consent/location", "must be true or false")]
    [InlineData("""{"identities":[{"type":1}]}""", "/identities/0/type", "must be a string")]
    [InlineData("[]", "", "must be an object")]
    public async Task A_value_of_the_wrong_kind_is_told_with_what_belongs_there(string json, string pointer, string message)
    {
        Answer answer = await host.PutAsync("customers/p3", json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(pointer, answer.Pointer);
        Assert.Equal(message, (string?)answer.Json!["errors"]![0]!["message"]);
    }

    [Fact]
    public async Task The_timeline_narrows_by_kind_and_refuses_unknown_ones()
    {
        await host.PutAsync("customers/p4", """{"name":"Four","consent":{"email":true}}""");
        await host.PostAsync("customers/p4/timeline", """{"kind":"call.started","channel":"phone","direction":"in","title":"Called us"}""");

        Answer calls = await host.GetAsync("customers/p4/timeline?kind=call.started,call.ended");
        Answer phone = await host.GetAsync("customers/p4/timeline?channel=phone");
        Answer unknown = await host.GetAsync("customers/p4/timeline?kind=nonsense");
        Answer refused = await host.PostAsync("customers/p4/timeline", """{"kind":"nonsense","title":"x"}""");

        Assert.Equal("Called us", (string?)Assert.Single(calls.Items)!["title"]);
        Assert.Single(phone.Items);
        Assert.Equal("/kind", unknown.Pointer);
        Assert.Equal("/kind", refused.Pointer);
    }
}
