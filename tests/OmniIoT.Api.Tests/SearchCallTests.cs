using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

public sealed class SearchCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task One_call_finds_what_was_just_written_over_all_kinds_with_the_words_that_were_found()
    {
        await host.PutAsync("customers/s-ismayil", """{"name":"İsmayıl Sorğu","identities":[{"type":"phone","value":"+994501234567"}]}""");
        await host.PutAsync("models/s-model", """{"id":"s-model","name":"Model"}""");
        await host.PutAsync("devices/s-oven", """{"model":"s-model","customerId":"s-ismayil","name":"Sorğu oven"}""");
        await host.PostAsync("cases", """{"customerId":"s-ismayil","title":"Sorgu is cold"}""");
        await host.PostAsync("customers/s-ismayil/timeline", """{"text":"They asked about a sorgu"}""");

        Answer found = await host.GetAsync("search?q=SORGU");
        Answer people = await host.GetAsync("search?q=050%20123%2045%2067&kinds=customers,devices");

        Assert.Equal(
            ["customers:s-ismayil", "devices:s-oven"],
            found.Items.Select(item => $"{item!["kind"]}:{item["id"]}").Where(name => name.Contains(":s-", StringComparison.Ordinal))
        );
        Assert.Equal(["customers", "cases", "devices", "timeline"], found.Items.Select(item => (string)item!["kind"]!).Distinct());
        JsonNode snippet = found
            .Items.Select(item => item!["snippet"]!)
            .Single(told => (string?)told["text"] == "They asked about a sorgu");
        JsonNode range = snippet["ranges"]![0]!;
        Assert.Equal("sorgu", ((string)snippet["text"]!).Substring((int)range["start"]!, (int)range["length"]!));
        Assert.Equal("s-ismayil", (string?)Assert.Single(people.Items)!["id"]);
        Assert.Single((await host.GetAsync("customers/s-ismayil/timeline?q=asked%20sor")).Items);
        Assert.Empty((await host.GetAsync("customers/s-ismayil/timeline?q=asked%20nothing")).Items);
    }

    [Theory]
    [InlineData("search", "/q")]
    [InlineData("search?q=x&kinds=people", "/kinds")]
    [InlineData("search?q=x&limit=51", "/limit")]
    [InlineData("search?q=x&where=y", "/where")]
    public async Task What_a_search_does_not_know_is_refused(string address, string pointer)
    {
        Answer answer = await host.GetAsync(address);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Equal(pointer, answer.Pointer);
    }

    [Fact]
    public async Task There_are_no_articles_yet() => Assert.Empty((await host.GetAsync("search?q=x&kinds=articles")).Items);

    [Fact]
    public async Task A_search_without_a_letter_finds_nothing() => Assert.Empty((await host.GetAsync("search?q=%25%25")).Items);
}
