using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

/// <summary>What shops tell of purchases.</summary>
public sealed class PurchaseCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_purchase_is_told_once_and_stands_in_the_story()
    {
        await host.PutAsync("customers/buy-one", """{"name":"Buyer"}""");
        await host.PutAsync("sites/nizami", """{"name":"Nizami"}""");
        const string Json = """
            {"kind":"purchase.made","at":"2026-05-03T14:30:00Z","channel":"shop","data":{"orderId":"o1",
            "items":[{"sku":"f1","name":"Filter","quantity":2,"price":9.5}],"total":19,"currency":"AZN","siteId":"nizami"}}
            """;

        Answer told = await host.PostAsync("customers/buy-one/timeline", Json);
        Answer again = await host.PostAsync("customers/buy-one/timeline", Json);

        Assert.Equal((HttpStatusCode.Created, "Bought Filter × 2 for 19.00 AZN"), (told.Status, (string?)told.Json!["title"]));
        Assert.Equal((string?)told.Json["id"], (string?)again.Json!["id"]);
        JsonNode entry = Assert.Single((await host.GetAsync("customers/buy-one/timeline?kind=purchase.made")).Items)!;
        Assert.Equal(("nizami", "f1"), ((string?)entry["refs"]!["siteId"], (string?)entry["data"]!["items"]![0]!["sku"]));
        Assert.Equal("2026-05-03T14:30:00.000Z", (string?)entry["at"]);
    }

    [Fact]
    public async Task A_shops_system_tells_by_a_signed_call_once()
    {
        await host.PutAsync("channels/till", """{"type":"webhook","name":"Till","settings":{"secret":"of the till"}}""");
        const string Json = """
            {"from":{"type":"email","value":"till@example.org","name":"Till Buyer"},"at":"2026-05-03T14:30:00Z",
            "data":{"orderId":"t1","items":[{"sku":"f1","name":"Filter","price":9.5}],"currency":"AZN"}}
            """;

        HttpStatusCode first = await CallAsync(Json, "of the till"),
            again = await CallAsync(Json, "of the till"),
            back =
                await CallAsync(Json.Replace("\"at\"", "\"kind\":\"purchase.returned\",\"at\"", StringComparison.Ordinal), "of the till"),
            forged = await CallAsync(Json.Replace("t1", "t2", StringComparison.Ordinal), "guessed"),
            nowhere =
                await CallAsync(
                    Json.Replace("\"currency\"", "\"siteId\":\"nowhere\",\"currency\"", StringComparison.Ordinal),
                    "of the till"
                ),
            wrong = await CallAsync("""{"from":{"type":"email","value":"x@y.az"},"kind":"purchase.lost","data":{}}""", "of the till");

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden],
            new[] { first, again, back, forged }
        );
        Assert.Equal([HttpStatusCode.UnprocessableEntity, HttpStatusCode.UnprocessableEntity], new[] { nowhere, wrong });
        JsonNode buyer = Assert.Single((await host.GetAsync("customers?q=till@example.org")).Items)!;
        string[] kinds =
        [
            .. (await host.GetAsync($"customers/{buyer["id"]}/timeline?kind=purchase.made,purchase.returned")).Items.Select(static one =>
                (string)one!["kind"]!
            ),
        ];
        Assert.Equal(["purchase.made", "purchase.returned"], kinds.Order(StringComparer.Ordinal));
    }

    private async Task<HttpStatusCode> CallAsync(string body, string secret)
    {
        using HttpClient shop = host.ClientWith(null);
        using HttpRequestMessage request = new(HttpMethod.Post, "/api/v1/channels/till/purchases");
        request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        byte[] proof = System.Security.Cryptography.HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(body));
        request.Headers.Add("X-OmniIoT-Signature", "sha256=" + Convert.ToHexStringLower(proof));
        using HttpResponseMessage response = await shop.SendAsync(request);
        return response.StatusCode;
    }

    [Theory]
    [InlineData("""{"kind":"purchase.made"}""", "/data/orderId")]
    [InlineData("""{"kind":"purchase.made","data":{"orderId":"o","items":[{"sku":"a"}],"currency":"azn"}}""", "/data/currency")]
    [InlineData(
        """{"kind":"purchase.returned","data":{"orderId":"o","items":[{"sku":"a"}],"currency":"AZN","siteId":"nowhere"}}""",
        "/data/siteId"
    )]
    public async Task A_purchase_that_says_something_wrong_is_refused(string json, string pointer)
    {
        await host.PutAsync("customers/buy-wrong", """{"name":"Buyer"}""");

        Answer answer = await host.PostAsync("customers/buy-wrong/timeline", json);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, answer.Status);
        Assert.Contains(answer.Json!["errors"]!.AsArray(), error => (string?)error!["pointer"] == pointer);
        Assert.Empty((await host.GetAsync("customers/buy-wrong/timeline?kind=purchase.made,purchase.returned")).Items);
    }

    [Fact]
    public async Task A_file_is_tried_first_and_taken_once()
    {
        await host.PutAsync("customers/buy-file", """{"name":"Buyer","identities":[{"type":"email","value":"buyer@example.org"}]}""");
        const string File = """
            orderId,kind,email,at,sku,name,quantity,price,currency
            o1,,buyer@example.org,2026-05-03T10:00:00Z,f1,"Filter, fine",2,9.50,AZN
            o1,,Buyer@Example.org,2026-05-03T10:00:00Z,d1,Descaler,1,4,AZN
            o2,returned,buyer@example.org,,f1,,1,9.50,AZN
            o3,,nobody@example.org,,f1,,1,9.50,AZN
            o4,,buyer@example.org,,f1,,much,9.50,AZN
            o5,,buyer@example.org,,f1,,1,9.50,AZN
            o5,,,,d1,,1,4,AZN
            """;

        JsonNode tried = await ImportAsync(File, dryRun: true);
        int before = (await StoryAsync()).Count;
        JsonNode taken = await ImportAsync(File, dryRun: false);
        await ImportAsync(File, dryRun: false);

        Assert.Equal((true, false), ((bool)tried["dryRun"]!, (bool)taken["dryRun"]!));
        Assert.Equal(0, before);
        Assert.All([tried, taken], json => Assert.Equal((2, 3), ((int)json["accepted"]!, (int)json["refusedCount"]!)));
        Assert.Equal(
            [
                "5 Nobody has the email 'nobody@example.org'.",
                "6 quantity must be a number above 0, with a dot before its decimals.",
                "8 The customer is missing: customerId, email or phone.",
            ],
            taken["mistakes"]!.AsArray().Select(mistake => $"{mistake!["line"]} {mistake["message"]}")
        );
        Assert.Equal(
            ["Bought Filter, fine × 2, Descaler for 23.00 AZN", "Returned f1 for 9.50 AZN"],
            (await StoryAsync()).Select(entry => (string?)entry!["title"]).Order()
        );
    }

    [Fact]
    public async Task A_file_that_breaks_off_is_refused_whole_for_an_order_could_be_cut_in_two()
    {
        await host.PutAsync("customers/buy-file", """{"name":"Buyer","identities":[{"type":"email","value":"buyer@example.org"}]}""");
        string file =
            "orderId,email,sku,price,currency\nx1,buyer@example.org,f1,1,AZN\nx1,buyer@example.org,\""
            + new string('x', 20_000)
            + "\",1,AZN\n";

        JsonNode told = await ImportAsync(file, dryRun: true);

        Assert.Equal(0, (int)told["accepted"]!);
        Assert.NotEmpty(told["mistakes"]!.AsArray());
    }

    [Theory]
    [InlineData("order,sku\n1,2", "There is no column 'order'")]
    [InlineData("sku\n1", "The columns orderId and sku must be there.")]
    public async Task A_file_of_another_shape_is_told_in_its_first_line(string file, string message)
    {
        JsonNode told = await ImportAsync(file, dryRun: false);

        JsonNode mistake = Assert.Single(told["mistakes"]!.AsArray())!;
        Assert.Equal(1, (int)mistake["line"]!);
        Assert.StartsWith(message, (string?)mistake["message"], StringComparison.Ordinal);
    }

    private async Task<JsonArray> StoryAsync() =>
        (await host.GetAsync("customers/buy-file/timeline?kind=purchase.made,purchase.returned")).Items;

    private async Task<JsonNode> ImportAsync(string file, bool dryRun)
    {
        using StringContent body = new(file, Encoding.UTF8, "text/csv");
        using HttpResponseMessage response = await host.Http.PostAsync(
            $"/api/v1/purchases/import?dryRun={(dryRun ? "true" : "false")}",
            body
        );
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
