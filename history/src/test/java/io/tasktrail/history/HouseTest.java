package io.tasktrail.history;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/// What this room must not know.
final class HouseTest {

  @Test
  void historyUsesOnlyTheVocabulary() {
    classes()
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.tasktrail.event..", "io.tasktrail.history..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tasktrail.history"));
  }

  @Test
  void theTextFormsKnowOnlyWhatAHistoryIs() {
    classes()
        .that()
        .resideInAPackage("io.tasktrail.history.text")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.tasktrail.event..", "io.tasktrail.history.text..")
        .check(
            new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("io.tasktrail.history.text"));
  }
}
