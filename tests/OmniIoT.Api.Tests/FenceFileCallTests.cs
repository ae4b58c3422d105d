using System.Net;
using System.Text.Json.Nodes;

namespace OmniIoT.Api.Tests;

public sealed class FenceFileCallTests(RunningHost host) : IClassFixture<RunningHost>
{
    [Fact]
    public async Task A_file_creates_and_replaces_fences_and_comes_back_as_it_went_in()
    {
        await host.PutAsync("sites/mall", """{"name":"Mall"}""");
        Answer first = await host.PostAsync("fences/import?siteId=mall", Collection(Circle("a", 10), Square("b", 20)));
        Answer second = await host.PostAsync("fences/import?siteId=mall", Collection(Circle("b", 20), Circle("c", 30)));

        Answer exported = await host.GetAsync("fences/export?siteId=mall");
        Answer again = await host.PostAsync("fences/import", exported.Json!.ToJsonString());

        Assert.Equal((2, 0, 0), Counts(first));
        Assert.Equal((1, 1, 0), Counts(second));
        Assert.Equal((0, 3, 0), Counts(again));
        Assert.Equal(["a", "b", "c"], exported.Json["features"]!.AsArray().Select(feature => (string?)feature!["id"]));
        Assert.Equal(15.5, (double?)exported.Json["features"]![1]!["properties"]!["radiusMeters"]);
    }

    [Fact]
    public async Task What_was_imported_acts_at_once()
    {
        await host.PutAsync("sites/plaza", """{"name":"Plaza"}""");
        await host.PutAsync("customers/visitor", """{"consent":{"location":true,"offers":true}}""");
        string token = (string)(await host.PostAsync("customers/visitor/app-token")).Json!["token"]!;
        await host.PostAsync("fences/import?siteId=plaza", Collection(Circle("fountain", 55)));

        await host.PublishAsync("customer:visitor", token, "customers/visitor/location", """{"lat":40,"lon":55,"accuracy":1}""");

        Assert.Equal("fountain", (string?)Assert.Single((await host.GetAsync("customers/visitor/visits")).Items)!["fenceId"]);
    }

    [Fact]
    public async Task One_wrong_feature_refuses_the_file_and_names_its_place()
    {
        await host.PutAsync("sites/wrong", """{"name":"Wrong"}""");
        string file = Collection(Circle("right", 10), """{"type":"Feature","id":"bad","geometry":{"type":"Point","coordinates":[1,99]}}""");

        Answer refused = await host.PostAsync("fences/import?siteId=wrong", file);
        Answer none = await host.GetAsync("fences?siteId=wrong");
        Answer partial = await host.PostAsync("fences/import?siteId=wrong&partial=true", file);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Contains(
            "/features/1/geometry/coordinates/1",
            refused.Json!["errors"]!.AsArray().Select(error => (string?)error!["pointer"])
        );
        Assert.Empty(none.Items);
        Assert.Equal((1, 0, 1), Counts(partial));
        JsonNode only = Assert.Single(partial.Json!["refused"]!.AsArray())!;
        Assert.Equal((1, "bad"), ((int)only["index"]!, (string?)only["id"]));
        Assert.Contains("/properties/radiusMeters", only["errors"]!.AsArray().Select(error => (string?)error!["pointer"]));
    }

    [Fact]
    public async Task Replacing_takes_away_what_the_file_lacks_of_the_site_and_nothing_else()
    {
        await host.PutAsync("sites/old", """{"name":"Old"}""");
        await host.PutAsync("sites/other", """{"name":"Other"}""");
        await host.PostAsync("fences/import?siteId=old", Collection(Circle("keep", 10), Circle("drop", 11)));
        await host.PostAsync("fences/import?siteId=other", Collection(Circle("elsewhere", 12)));

        Answer replaced = await host.PostAsync("fences/import?siteId=old&replace=true", Collection(Circle("keep", 10)));

        Assert.Equal((0, 1, 0), Counts(replaced));
        Assert.Equal(1, (int?)replaced.Json!["removed"]);
        Assert.Equal(HttpStatusCode.NotFound, (await host.GetAsync("fences/drop")).Status);
        Assert.Equal(HttpStatusCode.OK, (await host.GetAsync("fences/elsewhere")).Status);
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("[]", "")]
    [InlineData("""{"type":"FeatureCollection"}""", "/features")]
    [InlineData("""{"type":"Feature","features":[]}""", "/type")]
    [InlineData("""{"type":"FeatureCollection","features":7}""", "/features")]
    [InlineData("""{"type":"FeatureCollection","features":[{]}""", "")]
    [InlineData("""{"type":"FeatureCollection","features":[]} more""", "")]
    public async Task What_is_no_collection_is_refused_with_its_place(string body, string pointer)
    {
        await host.PutAsync("sites/s", """{"name":"S"}""");

        Answer refused = await host.PostAsync("fences/import?siteId=s", body);

        Assert.Equal(HttpStatusCode.UnprocessableEntity, refused.Status);
        Assert.Equal(pointer, (string?)refused.Json!["errors"]![0]!["pointer"]);
    }

    [Fact]
    public async Task A_file_of_many_features_is_read_in_pieces()
    {
        await host.PutAsync("sites/large", """{"name":"Large"}""");
        string[] features = [.. Enumerable.Range(0, 3_000).Select(number => Circle($"n{number}", 100 + (number * 0.001)))];

        Answer imported = await host.PostAsync("fences/import?siteId=large", Collection(features));

        Assert.Equal((3_000, 0, 0), Counts(imported));
        Assert.Equal(3_000, (int?)(await host.GetAsync("fences?siteId=large&count=true&limit=1")).Json!["total"]);
    }

    private static string Collection(params string[] features) =>
        $$"""{"type":"FeatureCollection","name":"made by hand","features":[{{string.Join(",", features)}}]}""";

    private static string Circle(string id, double longitude) =>
        $$$"""{"type":"Feature","properties":{"id":"{{{id}}}","name":"The {{{id}}}","radiusMeters":15.5,"colour":"red"},"geometry":{"type":"Point","coordinates":[{{{longitude.ToString(System.Globalization.CultureInfo.InvariantCulture)}}},40]}}""";

    private static string Square(string id, int x) =>
        $$$"""{"type":"Feature","id":"{{{id}}}","geometry":{"type":"Polygon","coordinates":[[[{{{x}}},1],[{{{x + 1}}},1],[{{{x + 1}}},2],[{{{x}}},1]]]}}""";

    private static (int Created, int Updated, int Refused) Counts(Answer answer)
    {
        Assert.Equal(HttpStatusCode.OK, answer.Status);
        JsonNode json = answer.Json!;
        return ((int)json["created"]!, (int)json["updated"]!, json["refused"]!.AsArray().Count);
    }
}
