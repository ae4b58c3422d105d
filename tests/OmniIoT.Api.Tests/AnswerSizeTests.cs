using System.Net;
using Microsoft.Extensions.DependencyInjection;
using OmniIoT.Domain;
using OmniIoT.Domain.Cases;
using OmniIoT.Domain.Devices;
using OmniIoT.Grains.Abstractions;

namespace OmniIoT.Api.Tests;

/// <summary>No refusal outgrows what it refuses, and nothing is taken that later answers would repeat without bound.</summary>
public sealed class AnswerSizeTests(RunningHost host) : IClassFixture<RunningHost>
{
    private IGrains Grains => host.Services.GetRequiredService<IGrains>();

    [Theory]
    [InlineData("customers/many")]
    [InlineData("campaigns/many")]
    [InlineData("models/many")]
    [InlineData("fences/many")]
    public async Task Many_mistakes_are_counted_and_the_first_twenty_told(string path)
    {
        string members = string.Join(',', Enumerable.Range(0, 900).Select(i => $"\"wrong{i}\":{i}"));

        Answer answer = await host.PutAsync(path, $"{{{members}}}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.InRange(answer.Json!["errors"]!.AsArray().Count, 1, 20);
        Assert.Contains("these are the first 20.", (string?)answer.Json["detail"], StringComparison.Ordinal);
        Assert.InRange(answer.Text.Length, 1, members.Length);
    }

    /// <summary>These stand in lists by the hundred, and in other texts that name them.</summary>
    [Theory]
    [InlineData("PUT", "devices/long", """{"model":"washer","name":"@"}""", "/name")]
    [InlineData("POST", "customers/long/timeline", """{"title":"@"}""", "/title")]
    [InlineData("POST", "customers/long/timeline", """{"text":"@"}""", "/text")]
    [InlineData("POST", "customers/long/timeline", """{"text":"x","channel":"@"}""", "/channel")]
    [InlineData("POST", "customers/long/timeline", """{"text":"x","actor":"@"}""", "/actor")]
    [InlineData("POST", "customers/long/timeline", """{"text":"x","refs":{"workOrderId":"@"}}""", "/refs")]
    [InlineData("POST", "cases", """{"title":"@","customerId":"long"}""", "/title")]
    [InlineData("POST", "devices/long/commands", """{"name":"@"}""", "/name")]
    public async Task A_text_beyond_its_length_is_refused_and_not_repeated(string method, string path, string json, string pointer)
    {
        await host.SeedWasherAsync("long", "long");

        Answer answer = await host.SendAsync(new HttpMethod(method), path, json.Replace("@", new string('x', 100_000)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(pointer, (string?)answer.Json!["errors"]![0]!["pointer"]);
        Assert.InRange(answer.Text.Length, 1, 1_000);
    }

    [Theory]
    [InlineData("PATCH", "cases/@", """{"title":"#"}""")]
    [InlineData("POST", "cases/@/notes", """{"text":"#"}""")]
    [InlineData("POST", "cases/@/resolve", """{"resolution":"#"}""")]
    public async Task So_is_one_about_a_case(string method, string path, string json)
    {
        await host.PutAsync("customers/cased", "{}");
        Answer opened = await host.PostAsync("cases", """{"title":"x","customerId":"cased"}""");
        string call = path.Replace("@", (string?)opened.Json!["id"]);

        Answer answer = await host.SendAsync(new HttpMethod(method), call, json.Replace("#", new string('x', 100_000)));

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.InRange(answer.Text.Length, 1, 1_000);
    }

    /// <summary>It was taken before there was a bound; what else the device has must change all the same.</summary>
    [Fact]
    public async Task A_device_keeps_the_longer_name_that_it_has_and_takes_no_other()
    {
        await host.SeedWasherAsync("short", "long-named");
        string name = new('n', 300);
        await Grains.Device("long-named").RegisterAsync(new RegisterDevice("washer", null, null, name));

        Answer kept = await host.PutAsync("devices/long-named", $$"""{"model":"washer","name":"{{name}}","maintenance":true}""");
        Answer imported = await host.PostAsync("imports?kind=devices", $$"""{"id":"long-named","model":"washer","name":"{{name}}"}""");
        Answer other = await host.PutAsync("devices/long-named", $$"""{"model":"washer","name":"{{name}}n"}""");

        Assert.Equal(HttpStatusCode.OK, kept.Status);
        Assert.True(imported.IsSuccess, imported.Text);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
    }

    [Fact]
    public async Task A_case_keeps_the_longer_title_that_it_has_and_takes_no_other()
    {
        await host.PutAsync("customers/long-titled", "{}");
        string title = new('t', 600);
        OpenCase request = new("long-titled", null, title, CasePriority.Normal, "support", CaseOpener.Agent, "tests");
        Case opened = (await Grains.Of(EntityId.Customer("long-titled")).OpenCaseAsync(request)).Result!;

        Answer kept = await host.SendAsync(HttpMethod.Patch, $"cases/{opened.Id}", $$"""{"title":"{{title}}","priority":"high"}""");
        Answer other = await host.SendAsync(HttpMethod.Patch, $"cases/{opened.Id}", $$"""{"title":"{{title}}t"}""");

        Assert.Equal(HttpStatusCode.OK, kept.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, other.Status);
    }

    [Fact]
    public async Task A_number_that_a_customer_is_described_by_is_as_short_as_a_text()
    {
        Answer answer = await host.PutAsync("customers/number", $"{{\"traits\":{{\"n\":1{new string('0', 100_000)}}}}}");

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.InRange(answer.Text.Length, 1, 1_000);
    }

    [Fact]
    public async Task What_a_model_has_is_not_listed_with_every_mistake()
    {
        string commands = string.Join(',', Enumerable.Range(0, 1_000).Select(i => $"\"command-{i}\":{{}}"));
        string rules = string.Join(
            ',',
            Enumerable.Range(0, 200).Select(i => $$$"""{"type":"r{{{i}}}","severity":"minor","when":"t > 1","remedy":{"command":"none"}}""")
        );

        Answer answer = await host.PutAsync(
            "models/listed",
            $"{{\"metrics\":{{\"t\":{{}}}},\"commands\":{{{commands}}},\"rules\":[{rules}]}}"
        );

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.InRange(answer.Text.Length, 1, 20_000);
    }

    [Theory]
    [InlineData("metrics")]
    [InlineData("commands")]
    [InlineData("settings")]
    public async Task A_model_has_a_thousand_parts_of_a_kind(string kind)
    {
        string Model(int parts) => $"{{\"{kind}\":{{{string.Join(',', Enumerable.Range(0, parts).Select(i => $"\"p{i}\":{{}}"))}}}}}";

        Answer most = await host.PutAsync($"models/parts-{kind}", Model(1_000));
        Answer more = await host.PutAsync($"models/parts-{kind}", Model(1_001));

        Assert.Equal(HttpStatusCode.Created, most.Status);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, more.Status);
        Assert.Contains("an object has at most 1000 members; this one has 1001", more.Text, StringComparison.Ordinal);
    }
}
