using System.Text.Json.Nodes;

namespace OmniIoT.Scenarios.Contract;

[Collection(nameof(ContractHost))]
public sealed class RestTests(ContractHost host)
{
    [Theory]
    [InlineData("models")]
    [InlineData("devices")]
    [InlineData("alarms")]
    [InlineData("customers")]
    [InlineData("cases")]
    [InlineData("sites")]
    [InlineData("fences")]
    [InlineData("beacons")]
    [InlineData("campaigns")]
    [InlineData("conversations")]
    [InlineData("dead-letters")]
    public async Task A_list_has_items_and_next_and_at_most_500_at_a_time(string list)
    {
        Answer answer = await host.GetAsync(list + "?limit=500");
        Assert.Equal(["items", "next"], answer.Body!.AsObject().Select(member => member.Key));

        foreach (string limit in new[] { "0", "501", "many" })
            Assert.Equal(["/limit"], (await host.GetAsync($"{list}?limit={limit}")).Pointers);
        Assert.Equal(422, (await host.GetAsync(list + "?cursor=nonsense")).Status);
        Assert.Equal(401, (await host.SendAsync(HttpMethod.Get, list, bearer: "wrong")).Status);
    }

    [Fact]
    public async Task Cursors_walk_through_a_list_once()
    {
        HashSet<string> written = [];
        for (int i = 0; i < 7; i++)
        {
            string site = host.NewId("walk-");
            await host.PutAsync("sites/" + site, """{ "name": "Walked" }""");
            written.Add(site);
        }

        List<string> walked = [];
        string? cursor = null;
        do
        {
            Answer page = await host.GetAsync("sites?limit=3" + (cursor is null ? "" : "&cursor=" + cursor));
            walked.AddRange(page.Items.Select(item => (string)item!["id"]!));
            cursor = (string?)page["next"];
        } while (cursor is not null);

        Assert.Equal(walked.Distinct(), walked);
        Assert.Superset(written, walked.ToHashSet());
    }

    [Theory]
    [InlineData("models", """{ "name": "Model", "metrics": { "temperature": {} } }""")]
    [InlineData("sites", """{ "name": "Bar" }""")]
    [InlineData(
        "customers",
        """{ "name": "Aysel", "locale": "az", "timeZone": "Asia/Baku", "tags": ["vip"], "identities": [{ "type": "email", "value": "a@example.com" }] }"""
    )]
    [InlineData("campaigns", """{ "name": "Week", "trigger": "enter", "content": { "title": "Hello", "text": "There" } }""")]
    [InlineData(
        "campaigns",
        """{ "name": "Week", "trigger": "enter", "content": { "title": "Hello", "text": "There" }, "fenceIds": null, "beaconIds": null, "dwellMinutes": null, "audience": null, "startsAt": null, "endsAt": null, "hours": null, "caps": null, "cooldownMinutes": null, "holdoutPercent": null, "budget": null, "suppressOn": null, "expiresMinutes": null }"""
    )]
    public async Task Put_creates_or_replaces_unless_another_was_faster(string collection, string body)
    {
        string path = $"{collection}/{host.NewId("put-")}";
        Assert.Equal(412, (await host.PutAsync(path, body, "\"1\"")).Status);

        Answer created = await host.PutAsync(path, body);
        Answer replaced = await host.PutAsync(path, body, created.ETag);
        Assert.Equal((201, 200), (created.Status, replaced.Status));
        Assert.Equal(412, (await host.PutAsync(path, body, "\"999\"")).Status);
        Answer read = await host.GetAsync(path);
        Assert.Equal(200, read.Status);
        Assert.Equal(replaced.ETag, read.ETag);

        Assert.Equal(412, (await host.SendAsync(HttpMethod.Delete, path, ifMatch: "\"999\"")).Status);
        Assert.Equal(204, (await host.SendAsync(HttpMethod.Delete, path, ifMatch: read.ETag)).Status);
        Assert.Equal(404, (await host.GetAsync(path)).Status);
        Assert.Equal(404, (await host.DeleteAsync(path)).Status);
    }

    [Theory]
    [InlineData("models", "a%20b")]
    [InlineData("devices", "a%20b")]
    [InlineData("customers", "a%2Bb")]
    [InlineData("sites", "a%C3%A9")]
    public async Task An_id_of_other_characters_or_too_long_is_refused(string collection, string id)
    {
        string model = await host.AddModelAsync();
        string body = $$"""{ "name": "N", "model": "{{model}}" }""";

        Assert.Equal(422, (await host.PutAsync($"{collection}/{id}", body)).Status);
        Assert.Equal(422, (await host.PutAsync($"{collection}/{new string('a', 129)}", body)).Status);
    }

    [Fact]
    public async Task What_is_no_json_is_refused_with_line_and_column()
    {
        Answer put = await host.PutAsync("sites/" + host.NewId("site-"), "{ \"name\":\n  oops }");

        JsonNode error = Assert.Single(put["errors"]!.AsArray())!;
        Assert.Equal((422, "", 2, 3), (put.Status, (string?)error["pointer"], (int)error["line"]!, (int)error["column"]!));
    }

    [Theory]
    [InlineData("""{ "consent": { "location": "yes" } }""", "/consent/location")]
    [InlineData("""{ "tags": "vip" }""", "/tags")]
    [InlineData("""{ "timeZone": "Nowhere/Else" }""", "/timeZone")]
    [InlineData("""{ "identities": [{ "type": "email" }] }""", "/identities/0/value")]
    public async Task A_wrong_customer_is_refused_by_field(string body, string pointer)
    {
        Answer put = await host.PutAsync("customers/" + host.NewId("customer-"), body);

        Assert.Equal((422, pointer), (put.Status, Assert.Single(put.Pointers)));
    }

    [Theory]
    [InlineData("""{ "name": "n" }""", "/trigger /content")]
    [InlineData("""{ "name": "n", "trigger": "leave", "content": { "title": "t", "text": "x" } }""", "/trigger")]
    [InlineData(
        """{ "name": "n", "trigger": "enter", "content": { "title": "t", "text": "x" }, "holdoutPercent": 101, "budget": -1 }""",
        "/holdoutPercent /budget"
    )]
    [InlineData(
        """{ "name": "n", "trigger": "enter", "content": { "title": "t", "text": "x" }, "suppressOn": ["rain"] }""",
        "/suppressOn/0"
    )]
    [InlineData(
        """{ "name": "n", "trigger": "enter", "content": { "title": "t", "text": "x" }, "fenceIds": ["nowhere"] }""",
        "/fenceIds/0"
    )]
    [InlineData(
        """{ "name": "n", "trigger": "enter", "content": { "title": "t", "text": "x" }, "hours": { "days": ["someday"], "from": "25:00" } }""",
        "/hours/days/0 /hours/from"
    )]
    public async Task A_wrong_campaign_is_refused_with_each_mistake(string body, string pointers)
    {
        Answer put = await host.PutAsync("campaigns/" + host.NewId("campaign-"), body);

        Assert.Equal(422, put.Status);
        Assert.Equal(pointers.Split(' '), put.Pointers);
    }

    [Fact]
    public async Task A_wrong_model_is_refused_with_line_and_column_within_the_rules_text()
    {
        Answer put = await host.PutAsync(
            "models/" + host.NewId("model-"),
            """
            { "name": "M", "metrics": { "t": {} }, "rules": [
                { "type": "a", "severity": "major", "when": "t > 80 fro 3s" },
                { "type": "b", "severity": "huge", "when": "t > 1\n and > 2" } ] }
            """
        );

        Assert.Equal(["/rules/0/when", "/rules/1/severity", "/rules/1/when"], put.Pointers);
        JsonArray errors = put["errors"]!.AsArray();
        Assert.Equal((1, 8), ((int)errors[0]!["line"]!, (int)errors[0]!["column"]!));
        Assert.Equal((3, 32), ((int)errors[1]!["line"]!, (int)errors[1]!["column"]!));
        Assert.Equal((2, 6), ((int)errors[2]!["line"]!, (int)errors[2]!["column"]!));
        Assert.All(errors, error => Assert.NotEmpty((string?)error!["message"] ?? ""));
    }

    [Fact]
    public async Task The_secret_is_told_at_creation_only()
    {
        string model = await host.AddModelAsync();
        string path = "devices/" + host.NewId("device-");

        Assert.NotEmpty((string?)(await host.PutAsync(path, $$"""{ "model": "{{model}}" }"""))["secret"] ?? "");
        Assert.Null((await host.PutAsync(path, $$"""{ "model": "{{model}}" }"""))["secret"]);
        Assert.Null((await host.GetAsync(path))["secret"]);
        Assert.Equal("/model", Assert.Single((await host.PutAsync(path, """{ "model": "nothing" }""")).Pointers));
    }
}
