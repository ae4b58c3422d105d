using System.Text.Json.Nodes;

namespace OmniIoT.Devices.Tests;

public sealed class MergePatchTests
{
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
        var document = JsonNode.Parse(target)!.AsObject();

        var merged = MergePatch.Apply(document, JsonNode.Parse(patch)!.AsObject(), out var refusal);

        Assert.Equal(MergePatchRefusal.None, refusal);
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(expected), merged), merged!.ToJsonString());
        Assert.True(JsonNode.DeepEquals(JsonNode.Parse(target), document), "the target has changed");
    }

    [Fact]
    public void Documents_have_at_most_10_levels()
    {
        Assert.NotNull(MergePatch.Apply([], Nested(10), out _));
        Assert.Null(MergePatch.Apply([], Nested(11), out var refusal));
        Assert.Equal(MergePatchRefusal.TooDeep, refusal);
    }

    [Fact]
    public void Documents_have_at_most_32_KiB()
    {
        const int Frame = 8; // {"a":""}
        Assert.NotNull(MergePatch.Apply([], new JsonObject { ["a"] = new string('x', MergePatch.MaxBytes - Frame) }, out _));
        Assert.Null(MergePatch.Apply([], new JsonObject { ["a"] = new string('x', MergePatch.MaxBytes - Frame + 1) }, out var refusal));
        Assert.Equal(MergePatchRefusal.TooLarge, refusal);
    }

    private static JsonObject Nested(int levels) => levels == 1 ? [] : new JsonObject { ["a"] = Nested(levels - 1) };
}
