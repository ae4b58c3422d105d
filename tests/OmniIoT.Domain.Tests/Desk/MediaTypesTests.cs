using System.Text;
using OmniIoT.Domain.Desk.Channels;

namespace OmniIoT.Domain.Tests.Desk;

public sealed class MediaTypesTests
{
    [Theory]
    [InlineData("heic", "image/heic", ".heic")]
    [InlineData("heix", "image/heic", ".heic")]
    [InlineData("mif1", "image/heic", ".heic")]
    [InlineData("msf1", "image/heic", ".heic")]
    [InlineData("M4A ", "audio/mp4", ".m4a")]
    [InlineData("qt  ", "video/quicktime", ".mov")]
    [InlineData("isom", "video/mp4", ".mp4")]
    [InlineData("mp42", "video/mp4", ".mp4")]
    public void A_file_in_boxes_is_what_its_brand_says(string brand, string type, string ending)
    {
        byte[] content = [0, 0, 0, 0x18, .. Encoding.ASCII.GetBytes("ftyp" + brand), 0, 0, 0, 0];

        Assert.Equal((type, "IMG_1" + ending), (MediaTypes.Sniff(content), MediaTypes.NameOf("IMG_1", content)));
    }
}
