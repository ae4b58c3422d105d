using OmniIoT.Domain.Customers;
using OmniIoT.Ports.Customers;

namespace OmniIoT.Channels.Tests;

public sealed class IdentityFormTests
{
    [Theory]
    [InlineData("email", " Leyla@Example.COM ", null, "leyla@example.com")]
    [InlineData("phone", "+994 (50) 123-45-67", null, "+994501234567")]
    [InlineData("phone", "00994501234567", null, "+994501234567")]
    [InlineData("phone", "050 123 45 67", "AZ", "+994501234567")]
    [InlineData("phone", "050 123 45 67", null, "050 123 45 67")]
    [InlineData("telegram", "77", "AZ", "77")]
    public void One_identity_has_one_form_however_it_is_typed(string type, string typed, string? region, string form) =>
        Assert.Equal(form, IdentityForm.Of(type, typed, region));

    [Fact]
    public void A_number_is_looked_for_as_people_write_it_where_it_is_at_home()
    {
        Identity number = new("phone", "+994501234567");

        Assert.Equal(
            ["+994501234567", "050 123 45 67", "050-123-45-67", "(050) 123-45-67", "0501234567", "501234567"],
            IdentityForm.Spellings(number, "AZ")
        );
        Assert.Equal(["+994501234567"], IdentityForm.Spellings(number, "TR"));
        Assert.Equal(["+994501234567"], IdentityForm.Spellings(number, null));
        Assert.Equal(["77"], IdentityForm.Spellings(new Identity("telegram", "77"), "AZ"));
    }

    [Theory]
    [InlineData("AZ", true)]
    [InlineData("az", false)]
    [InlineData("XX", false)]
    public void A_region_is_two_capital_letters_of_a_country(string region, bool isOne) =>
        Assert.Equal(isOne, IdentityForm.IsRegion(region));
}
