using Microsoft.EntityFrameworkCore.Migrations;

#nullable disable

namespace Evergreen.Migrations.PostgreSql.Migrations
{
    /// <inheritdoc />
    public partial class LedgerIndex : Migration
    {
        /// <inheritdoc />
        protected override void Up(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LedgerEntries_CoOpId_Kind_Source_Item",
                table: "LedgerEntries");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_Kind_Source_Item_CoOpId",
                table: "LedgerEntries",
                columns: new[] { "Kind", "Source", "Item", "CoOpId" },
                unique: true);
        }

        /// <inheritdoc />
        protected override void Down(MigrationBuilder migrationBuilder)
        {
            migrationBuilder.DropIndex(
                name: "IX_LedgerEntries_Kind_Source_Item_CoOpId",
                table: "LedgerEntries");

            migrationBuilder.CreateIndex(
                name: "IX_LedgerEntries_CoOpId_Kind_Source_Item",
                table: "LedgerEntries",
                columns: new[] { "CoOpId", "Kind", "Source", "Item" },
                unique: true);
        }
    }
}
