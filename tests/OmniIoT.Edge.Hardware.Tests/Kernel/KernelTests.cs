namespace OmniIoT.Edge.Hardware.Tests.Kernel;

/// <summary>Sensors and outputs on a real kernel's simulated chips, in a guest; tests/OmniIoT.Edge.Hardware.Guest has the scenes.</summary>
public sealed class KernelTests(KernelGuest guest) : IClassFixture<KernelGuest>
{
    [Theory]
    // An adapter without plain transfers: the chips are spoken to by SMBus calls.
    [InlineData("plain transfers", "False")]
    // The worked example of the data sheet.
    [InlineData("bme280", "temperature 25.082, humidity 54.495, pressure 1006.533")]
    [InlineData("ads1115", "voltage0 2.048")]
    [InlineData("ina219", "voltage 24, current -0.5, power 12")]
    public Task A_chip_on_the_kernels_bus_is_read(string what, string said) => SaysAsync(what, said);

    [Theory]
    [InlineData("bme280 that is not there", "0x77 on I2C bus 0: No such device")]
    [InlineData("bme280 without a bus", "0x76 on I2C bus 9: Could not find file '/dev/i2c-9'.")]
    public Task A_chip_that_is_not_there_is_told(string what, string said) => SaysAsync(what, said);

    [Theory]
    // The kernel's pull-up holds the open button.
    [InlineData("button at first", "pressed 0")]
    [InlineData("button after pull-down", "pressed 1")]
    [InlineData("button after pull-up", "pressed 0")]
    [InlineData("button at last", "pressed 0")]
    [InlineData("hcsr501 at first", "motion 0")]
    [InlineData("hcsr501 after pull-up", "motion 1")]
    [InlineData("hcsr501 after pull-down", "motion 0")]
    [InlineData("hcsr501 at last", "motion 0")]
    public Task An_edge_on_a_line_is_told(string what, string said) => SaysAsync(what, said);

    [Theory]
    [InlineData("relay switched", "on")]
    [InlineData("relay's level when on", "0")]
    [InlineData("relay's level when off", "1")]
    [InlineData("relay's level at the end", "1")]
    [InlineData("a chip by its label", "on")]
    [InlineData("its line's level", "1")]
    public Task An_output_drives_its_line(string what, string said) => SaysAsync(what, said);

    [Theory]
    [InlineData("a held line", "line 5 of gpiochip0: ")]
    [InlineData("no chip", "line 1 of gpiochip9: ")]
    [InlineData("no line", "line 200 of gpiochip0: ")]
    public async Task An_output_that_cannot_be_is_told(string what, string words) =>
        Assert.StartsWith(words, (await guest.RunAsync())[what], StringComparison.Ordinal);

    private async Task SaysAsync(string what, string said) => Assert.Equal(said, (await guest.RunAsync())[what]);
}
