using OmniIoT.Host;

namespace OmniIoT.Api.Tests;

public sealed class CompressedFilesTests
{
    [Theory]
    [InlineData("/index.html", "text/html; charset=utf-8")]
    [InlineData("/assets/index-1.js", "text/javascript; charset=utf-8")]
    [InlineData("/assets/index-1.js.br", "text/javascript; charset=utf-8")]
    [InlineData("/assets/index-1.css.gz", "text/css; charset=utf-8")]
    [InlineData("/favicon.svg", "image/svg+xml")]
    public void Text_says_how_it_is_written(string path, string type)
    {
        Assert.True(new CompressedFiles("nowhere").TryGetContentType(path, out string found));
        Assert.Equal(type, found);
    }

    [Fact]
    public void What_is_of_no_known_type_is_not_served() =>
        Assert.False(new CompressedFiles("nowhere").TryGetContentType("/assets/index-1.nothing", out _));
}
