using System.Text.Json.Nodes;
using OmniIoT.Devices.Twins;

namespace OmniIoT.Devices.Tests;

public sealed class MergePatchTests
{
    [Theory]
    [InlineData("{}", "{}", "{}")]
    [InlineData("""{"a":1,"b":{"c":[1,null]}}""", """{"a":1,"b":{"c":[1,null]}}""", "{}")]
    [InlineData("""{"a":1,"b":2}""", """{"b":3,"c":4}""", """{"a":null,"b":3,"c":4}""")]
    [InlineData("""{"a":{"b":1,"c":{"d":2,"e":3}}}""", """{"a":{"b":1,"c":{"e":4}}}""", """{"a":{"c":{"d":null,"e":4}}}""")]
    [InlineData("""{"a":1}""", """{"a":{"b":1}}""", """{"a":{"b":1}}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":[{"b":1}]}""", """{"a":[{"b":1}]}""")]
    [InlineData("""{"a":{"b":1}}""", """{"a":{}}""", """{"a":{"b":null}}""")]
    public void A_difference_makes_the_one_of_the_other(string before, string after, string expected)
    {
        JsonObject patch = MergePatch.Difference(JsonNode.Parse(before)!.AsObject(), JsonNode.Parse(after)!.AsObject());

        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), patch), patch.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(after), MergePatch.Apply(JsonNode.Parse(before)!.AsObject(), patch, out _)));
    }

    /// <summary>The cases of RFC 7386, appendix A, whose target and patch are objects.</summary>
    [Theory]
    [InlineData("""{"a":"b"}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"b":"c"}""", """{"a":"b","b":"c"}""")]
    [InlineData("""{"a":"b"}""", """{"a":null}""", """{}""")]
    [InlineData("""{"a":"b","b":"c"}""", """{"a":null}""", """{"b":"c"}""")]
    [InlineData("""{"a":["b"]}""", """{"a":"c"}""", """{"a":"c"}""")]
    [InlineData("""{"a":"c"}""", """{"a":["b"]}""", """{"a":["b"]}""")]
    [InlineData("""{"a":{"b":"c"}}""", """{"a":{"b":"d","c":null}}""", """{"a":{"b":"d"}}""")]
    [InlineData("""{"a":[{"b":"c"}]}""", """{"a":[1]}""", """{"a":[1]}""")]
    [InlineData("""{"e":null}""", """{"a":1}""", """{"e":null,"a":1}""")]
    [InlineData("""{}""", """{"a":{"bb":{"ccc":null}}}""", """{"a":{"bb":{}}}""")]
    [InlineData("""{"a":"b"}""", """{"a":{"c":1}}""", """{"a":{"c":1}}""")]
    public void Patches_merge(string target, string patch, string expected)
    {
        JsonObject document = JsonNode.Parse(target)!.AsObject();

        JsonObject? merged = MergePatch.Apply(document, JsonNode.Parse(patch)!.AsObject(), out MergePatchRefusal refusal);

        Assert.Equal(MergePatchRefusal.None, refusal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), merged), merged!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(target), document), "the target has changed");
    }

    [Fact]
    public void Documents_have_at_most_10_levels()
    {
        Assert.NotNull(MergePatch.Apply([], Nested(10), out _));
        Assert.Null(MergePatch.Apply([], Nested(11), out MergePatchRefusal refusal));
        Assert.Equal(MergePatchRefusal.TooDeep, refusal);
    }

    [Fact]
    public void Documents_have_at_most_32_KiB()
    {
        const int Frame = 8; // {"a":""}
        Assert.NotNull(MergePatch.Apply([], new JsonObject { ["a"] = new string('x', MergePatch.MaxBytes - Frame) }, out _));
        Assert.Null(
            MergePatch.Apply([], new JsonObject { ["a"] = new string('x', MergePatch.MaxBytes - Frame + 1) }, out MergePatchRefusal refusal)
        );
        Assert.Equal(MergePatchRefusal.TooLarge, refusal);
    }

    private static JsonObject Nested(int levels) => levels == 1 ? [] : new JsonObject { ["a"] = Nested(levels - 1) };
}
