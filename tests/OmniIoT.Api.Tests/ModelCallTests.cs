using System.Net;

namespace OmniIoT.Api.Tests;

public sealed class ModelCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_model_is_created_replaced_read_and_listed()
    {
        Answer created = await host.PutAsync("models/m1", RunningHost.Washer);
        Answer replaced = await host.PutAsync("models/m1", RunningHost.Washer);
        Answer read = await host.GetAsync("models/m1");
        Answer list = await host.GetAsync("models");

        Assert.Equal(HttpStatusCode.Created, created.Status);
        Assert.Equal(HttpStatusCode.OK, replaced.Status);
        Assert.Equal("m1", (string?)read.Json!["id"]);
        Assert.Equal("\"2\"", read.Tag);
        Assert.Contains(list.Items, item => (string?)item!["id"] == "m1");
    }

    [Fact]
    public async Task A_mistake_in_a_rule_is_told_with_its_place_in_the_rules_text()
    {
        Answer answer = await host.PutAsync(
            "models/bad",
            """{"name":"x","metrics":{"t":{}},"rules":[{"type":"hot","severity":"major","when":"t > 1"},{"type":"b","severity":"major","when":"t >> 1"}]}"""
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal("/rules/1/when", answer.Pointer);
        Assert.Equal(1, (int?)answer.Json!["errors"]![0]!["line"]);
        Assert.Equal(4, (int?)answer.Json["errors"]![0]!["column"]);
        Assert.Equal(
            ("mistake.ruleOperandExpected", ">"),
            ((string?)answer.Json["errors"]![0]!["code"], (string?)answer.Json["errors"]![0]!["values"]!["found"])
        );
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("models/bad")).Status);
    }

    [Fact]
    public async Task A_document_that_is_no_JSON_is_told_with_line_and_column()
    {
        Answer answer = await host.PutAsync("models/bad", "{\"name\":\"ü\",\n  \"metrics\" }");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(2, (int?)answer.Json!["errors"]![0]!["line"]);
        Assert.Equal(13, (int?)answer.Json["errors"]![0]!["column"]);
    }

    [Fact]
    public async Task A_model_that_a_device_has_cannot_be_deleted()
    {
        await host.PutAsync("models/used", RunningHost.Washer);
        await host.PutAsync("devices/user", """{"model":"used"}""");

        Answer refused = await host.DeleteAsync("models/used");
        await host.DeleteAsync("devices/user");
        Answer done = await host.DeleteAsync("models/used");

        Assert.Equal(HttpStatusCode.Conflict, refused.Status);
        Assert.Equal(HttpStatusCode.NoContent, done.Status);
    }

    [Fact]
    public async Task A_stale_version_is_refused()
    {
        await host.PutAsync("models/versioned", RunningHost.Washer);

        Answer stale = await host.SendAsync(HttpMethod.Put, "models/versioned", RunningHost.Washer, "\"7\"");
        Answer fresh = await host.SendAsync(HttpMethod.Put, "models/versioned", RunningHost.Washer, "\"1\"");

        Assert.Equal(HttpStatusCode.PreconditionFailed, stale.Status);
        Assert.Equal(HttpStatusCode.OK, fresh.Status);
    }
}
