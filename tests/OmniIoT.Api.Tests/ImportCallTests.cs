using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

/// <summary>Files of another system: all of it or nothing, tried before, and the same again without a double.</summary>
public sealed class ImportCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task Customers_come_as_values_with_all_that_the_one_call_takes()
    {
        const string file =
            "id,name,locale,tags,consent.location,identities.0.type,identities.0.value,traits.floor\r\n"
            + "imp-a,\"Əliyeva, Leyla\",az,vip;new,true,email,leyla@example.com,3\r\n"
            + "imp-b,Omar,ar,,,,,ground\r\n";

        JsonNode first = await TakeAsync("customers", file, HttpStatusCode.OK);
        JsonNode second = await TakeAsync("customers", file, HttpStatusCode.OK);
        JsonNode leyla = (await host.GetAsync("customers/imp-a")).Json!;

        Assert.Equal((2, 0, 0, 2), ((int)first["created"]!, (int)first["updated"]!, (int)second["created"]!, (int)second["updated"]!));
        Assert.Equal(["2 imp-a True", "3 imp-b True"], Lines(first));
        Assert.Equal(("Əliyeva, Leyla", "az"), ((string?)leyla["name"], (string?)leyla["locale"]));
        Assert.Equal(["vip", "new"], leyla["tags"]!.AsArray().Select(static tag => (string?)tag));
        Assert.True((bool)leyla["consent"]!["location"]!);
        Assert.Equal("leyla@example.com", (string?)leyla["identities"]![0]!["value"]);
        Assert.Equal(3, (int)leyla["traits"]!["floor"]!);
    }

    [Fact]
    public async Task A_mistake_leaves_everything_out_unless_part_is_wanted()
    {
        const string file = "id,name,timeZone\nimp-right,Right,\nimp-wrong,Wrong,Mars/Olympus\nimp-right,Again,\n,Nobody,\n";

        JsonNode refused = await TakeAsync("customers", file, HttpStatusCode.UnprocessableEntity);
        HttpStatusCode before = (await host.GetAsync("customers/imp-right")).Status;
        JsonNode part = await TakeAsync("customers", file, HttpStatusCode.OK, "&partial=true");

        Assert.Equal(["2 imp-right True", "3 imp-wrong False", "4 imp-right False", "5  False"], Lines(refused));
        Assert.Equal((0, 0), ((int)refused["created"]!, (int)refused["updated"]!));
        Assert.Contains("/timeZone", (string?)refused["lines"]![1]!["message"], StringComparison.Ordinal);
        Assert.Contains("line 2", (string?)refused["lines"]![2]!["message"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, before);
        Assert.Equal(1, (int)part["created"]!);
        Assert.Equal("Right", (string?)(await host.GetAsync("customers/imp-right")).Json!["name"]);
    }

    [Fact]
    public async Task A_dry_run_tells_and_stores_nothing()
    {
        JsonNode told = await TakeAsync("customers", "id,name\nimp-dry,Dry\n", HttpStatusCode.OK, "&dryRun=true");

        Assert.Equal((1, 0), ((int)told["created"]!, (int)told["updated"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("customers/imp-dry")).Status);
    }

    [Fact]
    public async Task Devices_tell_their_secrets_once()
    {
        await host.PutAsync("models/imp-model", """{"id":"imp-model","name":"Model"}""");
        const string file = """
            {"id":"imp-dev","model":"imp-model","name":"Washer"}

            {"id":"imp-dev-2","model":"imp-model","maintenance":true}
            """;

        JsonNode first = await TakeAsync("devices", file, HttpStatusCode.OK, mediaType: "application/x-ndjson");
        JsonNode second = await TakeAsync("devices", file, HttpStatusCode.OK, mediaType: "application/x-ndjson");
        JsonNode wrong = await TakeAsync("devices", "id,model\nimp-none,nowhere\n", HttpStatusCode.UnprocessableEntity);

        Assert.Equal(["1 imp-dev True", "3 imp-dev-2 True"], Lines(first));
        Assert.All(first["lines"]!.AsArray(), static line => Assert.NotEmpty((string)line!["secret"]!));
        Assert.All(second["lines"]!.AsArray(), static line => Assert.Null(line!["secret"]));
        Assert.True((bool)(await host.GetAsync("devices/imp-dev-2")).Json!["maintenance"]!);
        Assert.StartsWith("/model:", (string?)wrong["lines"]![0]!["message"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Articles_come_with_their_languages_and_versions()
    {
        const string file = "id,title.en,title.az,body.en,keywords,status\nimp-art,Leaks,Sızır,Close the **tap**,water;leak,published\n";

        JsonNode taken = await TakeAsync("articles", file, HttpStatusCode.OK);

        Assert.Equal(1, (int)taken["created"]!);
        Assert.Equal("Sızır", (string?)(await host.GetAsync("articles/imp-art")).Json!["title"]!["az"]);
        Assert.Single((await host.GetAsync("articles/imp-art/versions")).Items);
        Assert.Contains("<strong>tap</strong>", await host.Http.GetStringAsync("/help/en/imp-art"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task History_stands_once_however_often_the_file_comes()
    {
        await host.PutAsync("customers/imp-past", """{"name":"Past"}""");
        const string file =
            "customerId,id,at,kind,channel,direction,title\n"
            + "imp-past,T-1,2026-05-03T10:00:00Z,call.ended,voice,in,Called about noise\n"
            + "imp-past,T-2,2026-05-04T10:00:00Z,note.added,other,internal,Sent a fitter\n";

        await TakeAsync("history", file, HttpStatusCode.OK);
        await TakeAsync("history", file, HttpStatusCode.OK);
        JsonNode strange = await TakeAsync("history", "customerId,title\nimp-nobody,Hello\n", HttpStatusCode.UnprocessableEntity);
        JsonArray entries = (await host.GetAsync("customers/imp-past/timeline")).Items;

        Assert.Equal(["Sent a fitter", "Called about noise"], entries.Select(static entry => (string?)entry!["title"]));
        Assert.Equal("2026-05-04T10:00:00.000Z", (string?)entries[0]!["at"]);
        Assert.StartsWith("/customerId:", (string?)strange["lines"]![0]!["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/csv", "", 1)]
    [InlineData("text/csv", "id,nome\nx,y\n", 1)]
    [InlineData("text/csv", "id,id\nx,y\n", 1)]
    [InlineData("text/csv", "id,name\nx,y,z\n", 2)]
    [InlineData("text/csv", "id,name\nx,\"y\n", 2)]
    [InlineData("text/csv", "id,tags.99999999\nx,y\n", 1)]
    [InlineData("text/csv", "id,traits.\nx,y\n", 1)]
    [InlineData("application/json", "{\"id\":\"x\"}\n{\"id\":", 2)]
    [InlineData("text/csv", "id,traits.x.0,traits.x.2000000000\nx,a,b\n", 1)]
    [InlineData("text/csv", "id,identities,identities.0.type\nx,y,email\n", 1)]
    [InlineData("text/csv", "id,traits.x.0,traits.x.y\nx,1,2\n", 1)]
    [InlineData("application/json", "{\"id\":\"a\",\"id\":\"b\"}", 1)]
    [InlineData("application/json", "{\"id\":\"\\ud800\"}", 1)]
    [InlineData("application/json", "[]", 1)]
    [InlineData("application/json", "{\"id\":7}", 1)]
    [InlineData("application/json", "{\"id\":\"a\",\"nome\":\"b\"}", 1)]
    public async Task What_cannot_be_read_is_told_with_its_line(string mediaType, string file, int line)
    {
        JsonNode told = await TakeAsync("customers", file, HttpStatusCode.UnprocessableEntity, mediaType: mediaType);

        JsonNode wrong = Assert.Single(told["lines"]!.AsArray(), static one => !(bool)one!["ok"]!)!;
        Assert.Equal(line, (int)wrong["line"]!);
        Assert.NotEmpty((string)wrong["message"]!);
    }

    [Theory]
    [InlineData("imports?kind=secrets")]
    [InlineData("imports")]
    public async Task Another_kind_is_refused(string path) =>
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await SendAsync(path, "id\nx\n", "text/csv")).Status);

    private async Task<JsonNode> TakeAsync(string kind, string file, HttpStatusCode status, string more = "", string mediaType = "text/csv")
    {
        (HttpStatusCode got, JsonNode body) = await SendAsync($"imports?kind={kind}{more}", file, mediaType);
        Assert.True(status == got, body.ToJsonString());
        return body;
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(string path, string file, string mediaType)
    {
        using StringContent content = new(file, Encoding.UTF8, mediaType);
        using HttpResponseMessage answer = await host.Http.PostAsync("/api/v1/" + path, content);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!);
    }

    private static IEnumerable<string> Lines(JsonNode told) =>
        told["lines"]!.AsArray().Select(static line => $"{line!["line"]} {line["id"]} {(bool)line["ok"]!}");
}
